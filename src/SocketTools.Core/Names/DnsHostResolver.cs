using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Asks a DNS server for hosts, and nobody else: no hosts file, no search suffix.</summary>
internal sealed class DnsHostResolver : IHostResolver
{
    private static readonly DnsRecordType[] Four = [DnsRecordType.A];
    private static readonly DnsRecordType[] Six = [DnsRecordType.AAAA];
    private static readonly DnsRecordType[] Both = [DnsRecordType.A, DnsRecordType.AAAA];

    private readonly DnsResolver _dns;

    public DnsHostResolver(DnsResolver dns) => _dns = dns;

    /// <inheritdoc/>
    public bool IsChosenServer => true;

    /// <summary>The IPv4 addresses first, each family in the server's order. A family that the server does not answer for fails the
    /// whole: it may have addresses that would be missing.</summary>
    public async Task<ForwardAnswer> ResolveAsync(string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation)
    {
        if (HostTarget.TryParseAddress(host, out var address))
            return HostResolver.Literal(host, address, family);
        var name = DnsName.Parse(host);
        var types = family switch { AddressFamily.InterNetwork => Four, AddressFamily.InterNetworkV6 => Six, _ => Both };
        var replies = types.Length == 1
            ? [await AskAsync(name, types[0], deadline, cancellation).ConfigureAwait(false)]
            : await Task.WhenAll(types.Select(type => AskAsync(name, type, deadline, cancellation))).ConfigureAwait(false);
        for (var i = 0; i < types.Length; i++)
        {
            if (replies[i] is { Failure: { } why } failed)
                return Failed(DnsFailure.Exception(host, [types[i]], failed, why));
        }
        var chains = types.Zip(replies, (type, reply) => DnsChain.Of(name.Ascii, type, reply.Records)).ToArray();
        var addresses = chains.SelectMany((chain, i) => chain.Records.Where(record => record.Type == types[i]))
            .Select(static record => record.Address!).Distinct().ToArray();
        if (addresses.Length == 0)
            return Failed(DnsFailure.Exception(host, types, replies[0], DnsFailure.NoData(Reason.NoAddress)));
        var way = chains.First(static chain => chain.Records.Count > chain.Aliases.Count);
        return new ForwardAnswer(null, DnsName.ToUnicode(way.Name), addresses) { Aliases = [.. way.Aliases.Select(DnsName.ToUnicode)] };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> AliasesAsync(string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>?>(null);

    /// <inheritdoc/>
    public async Task<ReverseAnswer> ReverseAsync(IPAddress address, TimeSpan deadline, CancellationToken cancellation)
    {
        var name = DnsName.ReverseOf(address);
        var reply = await AskAsync(name, DnsRecordType.PTR, deadline, cancellation).ConfigureAwait(false);
        if (reply.Failure is { } why && !reply.IsFinal)
            return ReverseAnswer.Failed(ErrorOf(DnsFailure.Exception(name.Text, [DnsRecordType.PTR], reply, why)));
        var records = DnsChain.Of(name.Ascii, DnsRecordType.PTR, reply.Records).Records;
        return new ReverseAnswer(null, [.. records.Where(static record => record.Type == DnsRecordType.PTR).Select(static record => DnsName.ToUnicode(record.Target!))]);
    }

    private Task<DnsReply> AskAsync(DnsName name, DnsRecordType type, TimeSpan deadline, CancellationToken cancellation) =>
        _dns.AskAsync(new DnsQuestion(name, type), deadline, cancellation);

    private static ForwardAnswer Failed(NameResolutionException error) => ForwardAnswer.Failed(ErrorOf(error));

    private static ResolverError ErrorOf(NameResolutionException error) =>
        new(SocketError.NoRecovery, error.ErrorName, error.ErrorCode) { Exception = error };
}
