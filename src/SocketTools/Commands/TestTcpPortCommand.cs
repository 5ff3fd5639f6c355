using System;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells of TCP ports whether they are open, closed or filtered, and why.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TcpPort", DefaultParameterSetName = nameof(Port))]
[OutputType(typeof(TcpPortResult), typeof(bool))]
public sealed class TestTcpPortCommand : AsyncCmdlet
{
    private PortScanner? _scanner;
    private PortScanOutput? _scanOutput;

    /// <summary>The hosts: names, addresses, end points, URLs, blocks and ranges.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    public HostSet ComputerName { get; set; } = null!;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = nameof(Port))]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? Port { get; set; }

    /// <summary>So many of the most used ports, in place of others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = nameof(TopPorts))]
    [ValidateRange(1, SocketTools.TopPorts.Most)]
    public int TopPorts { get => Port?.Count ?? 0; set => Port = SocketTools.TopPorts.Take(value); }

    /// <summary>Ports to leave out.</summary>
    [Parameter]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? ExcludePort { get; set; }

    /// <summary>How long one port may take, every address of its host included.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = PortScanOptions.DefaultTimeoutMilliseconds;

    /// <summary>At most so many probes at once; 0 chooses.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int ThrottleLimit { get; set; }

    /// <summary>How often a probe that met silence is sent again; as often as the measured loss demands unless given.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int? RetryCount { get; set; }

    /// <summary>At most so many probes a second; 0 sets no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumRate { get; set; }

    /// <summary>The states to report; all unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PortState[]? State { get; set; }

    /// <summary>Gives one Boolean: whether all ports are open, or in the states asked for.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Gives a result for every address of a name.</summary>
    [Parameter]
    public SwitchParameter AllAddresses { get; set; }

    /// <summary>Looks up the names of the addresses.</summary>
    [Parameter]
    public SwitchParameter ResolveNames { get; set; }

    /// <summary>Uses IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Uses IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _scanOutput = Quiet
            ? new QuietPortScanOutput(Output, "Test-TcpPort", State ?? [PortState.Open])
            : new PortScanOutput(Output, "Test-TcpPort");
        var options = new PortScanOptions
        {
            Timeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds),
            ThrottleLimit = ThrottleLimit,
            RetryCount = RetryCount,
            MaximumRate = MaximumRate,
            AllAddresses = AllAddresses,
            ResolveNames = ResolveNames,
            Family = AddressFamilySwitches.Of(IPv4, IPv6),
            States = Quiet ? null : State,
        };
        _scanner = new PortScanner(options, _scanOutput, TcpConnector.Create(), new HostResolver(), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _scanner!.Announce((double)ComputerName.CountWith(Port?.Except(ExcludePort)));
        foreach (var host in ComputerName)
        {
            var ports = host.PortsOr(Port)?.Except(ExcludePort);
            if (ports is { Count: > 0 })
            {
                Await(_scanner.AddAsync(host, ports));
                continue;
            }
            _scanOutput!.NotTested();
            WriteError(ErrorRecords.PortMissing(host, ports));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(_scanner!.CompleteAsync());
        _scanOutput!.Completed();
        Flush();
        if (_scanOutput is QuietPortScanOutput quiet)
            WriteObject(quiet.AllWanted);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _scanner?.Dispose();
    }
}
