using System;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Finds the open TCP ports of hosts, and of blocks the hosts that are up.</summary>
[Cmdlet(VerbsCommon.Find, "OpenPort")]
[OutputType(typeof(PortScanReport))]
public sealed class FindOpenPortCommand : AsyncCmdlet
{
    private OpenPortFinder? _finder;
    private OpenPortOutput? _found;
    private PortChoice? _choice;

    /// <summary>The hosts: names, addresses, end points, URLs, blocks and ranges.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    public HostSet ComputerName { get; set; } = null!;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? Port { get; set; }

    /// <summary>So many of the most used ports, where no others are given; together with those when it is given.</summary>
    [Parameter]
    [ValidateRange(1, SocketTools.TopPorts.Most)]
    public int TopPorts { get; set; } = SocketTools.TopPorts.Most;

    /// <summary>Ports to leave out.</summary>
    [Parameter]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? ExcludePort { get; set; }

    /// <summary>How long one port may take, every address of its host included, and how long a host is looked for.</summary>
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

    /// <summary>Uses IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Uses IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var options = new OpenPortOptions
        {
            Scan = new PortScanOptions
            {
                Timeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds),
                ThrottleLimit = ThrottleLimit,
                RetryCount = RetryCount,
                MaximumRate = MaximumRate,
                Family = AddressFamilySwitches.Of(IPv4, IPv6),
            },
            Discover = !SkipHostDiscovery,
            LookUpNames = !SkipReverseLookup,
            IncludeAll = IncludeAll,
            IncludeDown = IncludeDown || IncludeAll,
        };
        var isTopGiven = MyInvocation.BoundParameters.ContainsKey(nameof(TopPorts));
        _choice = new PortChoice(SocketTools.TopPorts.Take(TopPorts), isTopGiven, ExcludePort);
        _found = new OpenPortOutput(Output, "Find-OpenPort");
        _finder = new OpenPortFinder(options, _found, TcpConnector.Create(), new HostResolver(), HostEcho.TryCreate, Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _finder!.Announce((double)ComputerName.CountWith(_choice!.Of(Port)));
        foreach (var host in ComputerName)
        {
            var ports = _choice.Of(host, Port);
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
