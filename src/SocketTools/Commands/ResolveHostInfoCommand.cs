using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells what the resolver knows of hosts, or of this one.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "HostInfo")]
[OutputType(typeof(HostInfo))]
public sealed class ResolveHostInfoCommand : AsyncCmdlet
{
    private readonly List<Task> _underWay = [];
    private HostLookup? _lookup;

    /// <summary>The hosts: names and addresses; this host when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    [ValidateNotNull]
    public HostSet? ComputerName { get; set; }

    /// <summary>How long one host may take.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = HostResolver.DefaultTimeoutMilliseconds;

    /// <summary>At most so many hosts at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Asks for IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Asks for IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _lookup = new HostLookup(
        new HostResolver(), AddressFamilySwitches.Of(IPv4, IPv6), TimeSpan.FromMilliseconds(TimeoutMilliseconds));

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
            AwaitRoom(_underWay, ThrottleLimit);
            _underWay.Add(FindAsync(host.ComputerName));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Await(Task.WhenAll(_underWay));

    private async Task FindAsync(string host)
    {
        try
        {
            await Output.WriteAsync(await _lookup!.FindAsync(host, Cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (NameResolutionException error)
        {
            Output.Error(ErrorRecords.Of(error, host));
        }
    }
}
