using System;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells what the resolver knows of hosts, or of this one.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "HostInfo")]
[OutputType(typeof(HostInfo))]
[OutputType(typeof(LocalHostInfo))]
public sealed class ResolveHostInfoCommand : AsyncCmdlet
{
    private DnsResolver? _server;
    private HostLookup? _lookup;
    private ParallelWork<InTurn<HostTarget>>? _work;
    private Task _before = Task.CompletedTask;

    /// <summary>The hosts: names and addresses; this host when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    [ValidateNotNull]
    public HostSet? ComputerName { get; set; }

    /// <summary>A DNS server to ask in the system's place.</summary>
    [Parameter]
    [NameServerArgument]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostTarget? Server { get; set; }

    /// <summary>How long one host may take.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = HostResolver.DefaultTimeoutMilliseconds;

    /// <summary>At most so many hosts at once; 0 is automatic.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    public int ThrottleLimit { get; set; }

    /// <summary>Writes the results in the order of the hosts.</summary>
    [Parameter]
    public SwitchParameter InOrder { get; set; }

    /// <summary>Leads the addresses of names back to names.</summary>
    [Parameter]
    public SwitchParameter Reverse { get; set; }

    /// <summary>The service or port that sockets are wanted for.</summary>
    [Parameter]
    [Alias("Port")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [ServiceArgument]
    public string? Service { get; set; }

    /// <summary>The kind of socket that is wanted.</summary>
    [Parameter]
    public SocketKind? SocketType { get; set; }

    /// <summary>Asks for IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Asks for IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var time = TimeSpan.FromMilliseconds(TimeoutMilliseconds);
        if (Server is not null)
            _server = Await(NameServers.FindAsync(Server, time, Cancellation));
        _lookup = new HostLookup(_server is null ? new HostResolver() : new DnsHostResolver(_server), new HostLookupOptions
        {
            Family = AddressFamilySwitches.Of(IPv4, IPv6),
            Timeout = time,
            Reverse = Reverse,
            Needs = SocketNeeds.Of(Service) with { Kind = SocketType },
        });
        _work = new ParallelWork<InTurn<HostTarget>>(
            ThrottleLimit == 0 && _server is not null ? DnsServer.MostQuestions : ThrottleLimit, FindAsync, new ProgressLine(Output, MyInvocation.MyCommand.Name));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ComputerName is null)
        {
            if (!MyInvocation.ExpectingInput)
                WriteObject(Await(_lookup!.FindThisHostAsync(Cancellation)));
            return;
        }
        foreach (var host in ComputerName)
        {
            var turn = new InTurn<HostTarget>(host, _before);
            _before = InOrder ? turn.Ended : _before;
            Await(_work!.AddAsync(turn));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Await(_work!.CompleteAsync());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _server?.Dispose();
    }

    private async Task FindAsync(InTurn<HostTarget> turn)
    {
        try
        {
            var found = await _lookup!.FindAsync(turn.Item, Cancellation).ConfigureAwait(false);
            await turn.Before.ConfigureAwait(false);
            await Output.WriteAsync(found).ConfigureAwait(false);
        }
        catch (NameResolutionException error)
        {
            await turn.Before.ConfigureAwait(false);
            Output.Error(ErrorRecords.Of(error, turn.Item.ComputerName));
        }
        turn.End();
    }
}
