using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Finds the open TCP ports of hosts, and of blocks the hosts that are up.</summary>
[Cmdlet(VerbsCommon.Find, "OpenPort", DefaultParameterSetName = nameof(Port))]
[OutputType(typeof(PortScanReport))]
public sealed class FindOpenPortCommand : ProbeCommand
{
    private OpenPortFinder? _finder;
    private OpenPortOutput? _found;
    private PortSet? _mostUsed;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ParameterSetName = nameof(Port), ValueFromPipelineByPropertyName = true)]
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

    /// <summary>Scans every host of a block, whether it seems up or not.</summary>
    [Parameter]
    public SwitchParameter SkipHostDiscovery { get; set; }

    /// <summary>Leaves the names of the addresses out.</summary>
    [Parameter]
    public SwitchParameter SkipReverseLookup { get; set; }

    /// <summary>Reports the hosts of a block that are not up, too.</summary>
    [Parameter]
    public SwitchParameter IncludeDown { get; set; }

    /// <summary>Leaves nothing out: gives every port's result, and the hosts that are not up.</summary>
    [Parameter]
    public SwitchParameter IncludeAll { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var options = new OpenPortOptions
        {
            Scan = Options,
            Discover = !SkipHostDiscovery,
            LookUpNames = !SkipReverseLookup,
            IncludeAll = IncludeAll,
            IncludeDown = IncludeDown || IncludeAll,
        };
        _mostUsed = SocketTools.TopPorts.Take(SocketTools.TopPorts.Most).Except(ExcludePort);
        _found = new OpenPortOutput(Output, "Find-OpenPort");
        _finder = new OpenPortFinder(options, _found, TcpConnector.Create(), new HostResolver(), () => HostEcho.TryCreate(SourceAddress), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var given = Port?.Except(ExcludePort);
        _finder!.Announce((double)ComputerName.CountWith(given ?? _mostUsed));
        foreach (var host in ComputerName)
        {
            var ports = host.Port is null && given is not null ? given : host.PortsOr(null)?.Except(ExcludePort) ?? _mostUsed!;
            if (ports.Count > 0)
                Await(_finder.AddAsync(host, ports));
            else
                WriteError(ErrorRecords.PortMissing(host, ports));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(_finder!.CompleteAsync());
        _found!.Completed();
        Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _finder?.Dispose();
    }
}
