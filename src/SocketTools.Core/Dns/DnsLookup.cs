using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What a look-up of one name found.</summary>
/// <param name="Records">In the order of the types asked for, each once.</param>
/// <param name="Failures">Why types that were asked for are not among them; that a name has none of a type counts only when it has
/// none of any.</param>
internal sealed record DnsAnswer(IReadOnlyList<DnsRecord> Records, IReadOnlyList<NameResolutionException> Failures);

/// <summary>Looks up the records of names: all types of a name at once, inside one deadline.</summary>
internal sealed class DnsLookup
{
    private readonly DnsResolver _resolver;
    private readonly TimeSpan _time;

    public DnsLookup(DnsResolver resolver, TimeSpan time)
    {
        _resolver = resolver;
        _time = time;
    }

    /// <summary>The types that are looked up when none is asked for.</summary>
    public static IReadOnlyList<DnsRecordType> UsualTypesOf(DnsName name) =>
        name.IsReverse ? [DnsRecordType.PTR] : [DnsRecordType.A, DnsRecordType.AAAA];

    public async Task<DnsAnswer> FindAsync(DnsName name, IReadOnlyList<DnsRecordType> types, CancellationToken cancellation)
    {
        var replies = await Task.WhenAll(types.Select(type => _resolver.AskAsync(new DnsQuestion(name, type), _time, cancellation)))
            .ConfigureAwait(false);
        var records = new List<DnsRecord>();
        var known = new HashSet<string>();
        foreach (var (type, reply) in types.Zip(replies, static (type, reply) => (type, reply)))
        {
            var server = reply.Server.ToString();
            foreach (var data in DnsChain.Of(name.Ascii, type, reply.Records).Records)
            {
                var record = new DnsRecord(data, server, reply.Took.TotalMilliseconds);
                if (known.Add($"{record.Name} {record.Type} {record.Data}"))
                    records.Add(record);
            }
        }
        return new DnsAnswer(records, Failures(name, types, replies, records));
    }

    // One for each way of failing, which names the types that failed so.
    private static List<NameResolutionException> Failures(
        DnsName name, IReadOnlyList<DnsRecordType> types, DnsReply[] replies, List<DnsRecord> records)
    {
        var failures = new List<NameResolutionException>();
        foreach (var same in types.Zip(replies, static (type, reply) => (type, reply)).Where(static asked => asked.reply.Failure is not null)
            .GroupBy(static asked => (asked.reply.Failure, asked.reply.Server)))
        {
            failures.Add(DnsFailure.Exception(name.Text, [.. same.Select(static asked => asked.type)], same.First().reply, same.Key.Failure!.Value));
        }
        if (failures.Count == 0 && !records.Exists(record => types.Contains(record.Type)))
            failures.Add(DnsFailure.Exception(name.Text, types, replies[0], DnsFailure.NoData(Reason.NoRecord)));
        return failures;
    }
}
