using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace SocketTools;

/// <summary>A record of a message, with names in ASCII and without a final dot; what its type does not have is null.</summary>
internal sealed record DnsRecordData(string Name, DnsRecordType Type, int TimeToLive)
{
    public IPAddress? Address { get; init; }

    public string? Target { get; init; }

    public int? Preference { get; init; }

    public int? Priority { get; init; }

    public int? Weight { get; init; }

    public int? Port { get; init; }

    public IReadOnlyList<byte[]>? Strings { get; init; }

    public string? ResponsibleMailbox { get; init; }

    public long? SerialNumber { get; init; }

    public long? RefreshSeconds { get; init; }

    public long? RetrySeconds { get; init; }

    public long? ExpireSeconds { get; init; }

    public long? MinimumSeconds { get; init; }

    public int? Flags { get; init; }

    public string? Tag { get; init; }

    public byte[]? Value { get; init; }

    /// <summary>All of it in the form of a zone file (RFC 1035 section 5.1).</summary>
    public string ToData() => Type switch
    {
        DnsRecordType.A or DnsRecordType.AAAA => Address!.ToString(),
        DnsRecordType.MX => Join(Preference, Qualified(Target)),
        DnsRecordType.SRV => Join(Priority, Weight, Port, Qualified(Target)),
        DnsRecordType.SOA => Join(
            Qualified(Target), Qualified(ResponsibleMailbox), SerialNumber, RefreshSeconds, RetrySeconds, ExpireSeconds, MinimumSeconds),
        DnsRecordType.TXT => string.Join(" ", Strings!.Select(Quoted)),
        DnsRecordType.CAA => Join(Flags, Tag, Quoted(Value!)),
        _ => Qualified(Target),
    };

    private static string Qualified(string? name) => name is "." ? name : name + ".";

    private static string Join(params object?[] parts) =>
        string.Join(" ", parts.Select(static part => Convert.ToString(part, CultureInfo.InvariantCulture)));

    private static string Quoted(byte[] bytes)
    {
        var text = new StringBuilder("\"");
        DnsName.Append(text, new ArraySegment<byte>(bytes), "\"\\", ' ');
        return text.Append('"').ToString();
    }
}
