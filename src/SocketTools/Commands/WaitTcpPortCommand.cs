using System;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Waits until TCP ports are open, or in another state.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TcpPort")]
[OutputType(typeof(TcpPortResult))]
[OutputType(typeof(bool))]
public sealed class WaitTcpPortCommand : ProbeCommand
{
    private const double LongestSeconds = int.MaxValue / 1000;

    private PortWaiter? _waiter;
    private PortWaitOutput? _waitOutput;
    private bool _portMissing;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? Port { get; set; }

    /// <summary>The states that are waited for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(nameof(PortState.Open), nameof(PortState.Closed), nameof(PortState.Filtered))]
    public PortState[] State { get; set; } = [PortState.Open];

    /// <summary>Ends with the first port that is in such a state.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>How long to wait in all.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(0.001, LongestSeconds)]
    public double TimeoutSeconds { get; set; } = PortWaitOptions.DefaultTotalSeconds;

    /// <summary>From one attempt to the next, in the long run.</summary>
    [Parameter]
    [Alias("IntervalMs")]
    [ValidateRange(1, int.MaxValue)]
    public int IntervalMilliseconds { get; set; } = PortWaitOptions.DefaultIntervalMilliseconds;

    /// <summary>How often in a row a port must be found in such a state.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int StableCount { get; set; } = 1;

    /// <summary>Gives one Boolean: whether what was waited for came to pass.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _waitOutput = new PortWaitOutput(Output, "Wait-TcpPort", Quiet);
        var options = new PortWaitOptions
        {
            States = State,
            Any = Any,
            Total = TimeSpan.FromSeconds(TimeoutSeconds),
            Interval = TimeSpan.FromMilliseconds(IntervalMilliseconds),
            StableCount = StableCount,
            Attempt = Options,
        };
        _waiter = new PortWaiter(options, _waitOutput, new HostResolver());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var host in ComputerName)
        {
            if (host.PortsOr(Port) is { } ports)
            {
                _waiter!.Add(host, ports);
                continue;
            }
            _portMissing = true;
            WriteError(ErrorRecords.PortMissing(host, null));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var isFutile = Quiet && _portMissing && !Any;
        var reached = !isFutile && Await(_waiter!.RunAsync(TcpConnector.Create(), Cancellation));
        _waitOutput!.Completed();
        Flush();
        if (Quiet)
        {
            WriteObject(reached);
            return;
        }
        foreach (var port in reached ? [] : _waiter!.Missing)
            WriteError(ErrorRecords.Of(port.TimedOut()));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _waiter?.Dispose();
    }
}
