using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Gives the records that a DNS server has of names.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "DnsRecord")]
[OutputType(typeof(DnsRecord))]
public sealed class ResolveDnsRecordCommand : AsyncCmdlet
{
    private DnsResolver? _resolver;
    private DnsLookup? _lookup;
    private ParallelWork<DnsName>? _work;

    /// <summary>The names, or addresses for the names that they lead back to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ComputerName", "Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [DnsNameArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string[] Name { get; set; } = null!;

    /// <summary>The types of the records; A and AAAA unless given, and PTR of an address.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public DnsRecordType[]? Type { get; set; }

    /// <summary>The DNS server; those of the system unless given.</summary>
    [Parameter]
    [NameServerArgument]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostTarget? Server { get; set; }

    /// <summary>How long one name may take.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = HostResolver.DefaultTimeoutMilliseconds;

    /// <summary>At most so many names at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var time = TimeSpan.FromMilliseconds(TimeoutMilliseconds);
        _resolver = Await(NameServers.FindAsync(Server, time, Cancellation));
        _lookup = new DnsLookup(_resolver, time);
        _work = new ParallelWork<DnsName>(ThrottleLimit, FindAsync, new ProgressLine(Output, MyInvocation.MyCommand.Name));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
            Await(_work!.AddAsync(DnsName.Parse(name)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Await(_work!.CompleteAsync());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _resolver?.Dispose();
    }

    private async Task FindAsync(DnsName name)
    {
        IReadOnlyList<DnsRecordType> types = Type is null ? DnsLookup.UsualTypesOf(name) : [.. Type.Distinct()];
        var answer = await _lookup!.FindAsync(name, types, Cancellation).ConfigureAwait(false);
        foreach (var record in answer.Records)
            await Output.WriteAsync(record).ConfigureAwait(false);
        foreach (var failure in answer.Failures)
            Output.Error(ErrorRecords.Of(failure, name.Text));
    }
}
