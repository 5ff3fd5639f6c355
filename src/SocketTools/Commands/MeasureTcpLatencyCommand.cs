using System;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Measures how long TCP ports take to answer.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TcpLatency", DefaultParameterSetName = CountSet)]
[OutputType(typeof(LatencyStatistics))]
[OutputType(typeof(LatencySample))]
public sealed class MeasureTcpLatencyCommand : AsyncCmdlet
{
    private const string CountSet = "Count";
    private const string DurationSet = "Duration";
    private const double LongestSeconds = 365 * 86400.0;

    private LatencySampler? _sampler;
    private LatencyOutput? _latencyOutput;

    /// <summary>The hosts: names, addresses, end points, URLs, blocks and ranges.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostSet ComputerName { get; set; } = null!;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? Port { get; set; }

    /// <summary>How many samples each target gets.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = LatencyOptions.DefaultCount;

    /// <summary>For how long each target gets samples.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DurationSet)]
    [ValidateRange(0.001, LongestSeconds)]
    public double DurationSeconds { get; set; }

    /// <summary>From one sample of a target to the next.</summary>
    [Parameter]
    [Alias("IntervalMs")]
    [ValidateRange(1, int.MaxValue)]
    public int IntervalMilliseconds { get; set; } = LatencyOptions.DefaultIntervalMilliseconds;

    /// <summary>How long a sample is waited for.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = LatencyOptions.DefaultTimeoutMilliseconds;

    /// <summary>At most so many targets at once; 0 chooses.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int ThrottleLimit { get; set; }

    /// <summary>Gives the samples, as they come, in place of the statistics.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Uses IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Uses IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _latencyOutput = new LatencyOutput(Output, "Measure-TcpLatency", Detailed);
        var options = new LatencyOptions
        {
            Count = ParameterSetName == CountSet ? Count : null,
            Duration = TimeSpan.FromSeconds(DurationSeconds),
            Interval = TimeSpan.FromMilliseconds(IntervalMilliseconds),
            Timeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds),
            ThrottleLimit = ThrottleLimit,
            Family = AddressFamilySwitches.Of(IPv4, IPv6),
        };
        _sampler = new LatencySampler(options, _latencyOutput, TcpConnector.Create(), new HostResolver(), Cancellation);
        Await(_sampler.WarmUpAsync());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var host in ComputerName)
        {
            if (host.PortsOr(Port) is { } ports)
                Await(_sampler!.AddAsync(host, ports));
            else
                WriteError(ErrorRecords.PortMissing(host, null));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(_sampler!.CompleteAsync());
        _latencyOutput!.Completed();
        Flush();
    }

    /// <summary>Tells on the screen what has been measured: a pipeline that is stopping takes no objects.</summary>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        foreach (var line in LatencySummary.LinesOf(_sampler?.Unfinished() ?? []))
            Host.UI.WriteLine(line);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _sampler?.Dispose();
    }
}
