using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>The way from a name over its aliases to the records of a type, as one answer tells it.</summary>
/// <param name="Name">The name at the end.</param>
/// <param name="Aliases">The names on the way, the one asked for first.</param>
/// <param name="Records">The aliases' records and those at the end; what an answer holds besides is not about the question.</param>
internal sealed record DnsChain(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<DnsRecordData> Records)
{
    public static DnsChain Of(string name, DnsRecordType type, IReadOnlyList<DnsRecordData> answer)
    {
        var aliases = new List<string>();
        var records = new List<DnsRecordData>();
        var at = name.Length == 0 ? "." : name;
        while (type != DnsRecordType.CNAME && answer.FirstOrDefault(record => IsOf(record, at, DnsRecordType.CNAME)) is { } alias)
        {
            if (aliases.Contains(at, StringComparer.OrdinalIgnoreCase))
                break;
            aliases.Add(at);
            records.Add(alias);
            at = alias.Target!;
        }
        records.AddRange(answer.Where(record => IsOf(record, at, type)));
        return new DnsChain(at, aliases, records);
    }

    private static bool IsOf(DnsRecordData record, string name, DnsRecordType type) =>
        record.Type == type && string.Equals(record.Name, name, StringComparison.OrdinalIgnoreCase);
}
