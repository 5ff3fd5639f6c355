using System;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>One record of the DNS as a server gave it. What its type does not have is null.</summary>
public sealed class DnsRecord
{
    private readonly DnsRecordData _data;

    internal DnsRecord(DnsRecordData data, string server, double elapsedMs)
    {
        _data = data;
        Name = DnsName.ToUnicode(data.Name);
        Data = data.ToData();
        var target = data.Target is null ? null : DnsName.ToUnicode(data.Target);
        Target = Type == DnsRecordType.SOA ? null : target;
        PrimaryServer = Type == DnsRecordType.SOA ? target : null;
        Text = data.Strings is null ? null : Encoding.UTF8.GetString([.. data.Strings.SelectMany(static part => part)]);
        Value = data.Value is null ? null : Encoding.UTF8.GetString(data.Value);
        ComputerName = IPAddress ?? target ?? Name;
        Server = server;
        ElapsedMs = elapsedMs;
        Source = ThisComputer.Name;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The record's name, which is another than the one asked for where that is an alias; without a final dot, and with
    /// international parts readable.</summary>
    public string Name { get; }

    /// <summary>What it is a record of.</summary>
    public DnsRecordType Type => _data.Type;

    /// <summary>How many seconds it may be kept.</summary>
    public int TimeToLive => _data.TimeToLive;

    /// <summary>All that it says, as in a zone file (RFC 1035 section 5.1): names in ASCII and with a final dot, text in quotes,
    /// and bytes that are no text as a backslash and three digits.</summary>
    public string Data { get; }

    /// <summary>The address, of A and AAAA.</summary>
    public string? IPAddress => _data.Address?.ToString();

    /// <summary>The host or name that CNAME, MX, NS, PTR and SRV lead to.</summary>
    public string? Target { get; }

    /// <summary>Of MX: the mail server with the lowest is asked first.</summary>
    public int? Preference => _data.Preference;

    /// <summary>Of SRV: the server with the lowest is asked first.</summary>
    public int? Priority => _data.Priority;

    /// <summary>Of SRV: the share among servers of one priority.</summary>
    public int? Weight => _data.Weight;

    /// <summary>Of SRV: the port of the service.</summary>
    public int? Port => _data.Port;

    /// <summary>Of TXT: its strings in one, read as UTF-8.</summary>
    public string? Text { get; }

    /// <summary>Of SOA: the name server that the zone's data come from.</summary>
    public string? PrimaryServer { get; }

    /// <summary>Of SOA: the mailbox of who is responsible, with a dot for the at sign.</summary>
    public string? ResponsibleMailbox => _data.ResponsibleMailbox;

    /// <summary>Of SOA: the version of the zone.</summary>
    public long? SerialNumber => _data.SerialNumber;

    /// <summary>Of SOA: how often other servers look for a new version, in seconds.</summary>
    public long? RefreshSeconds => _data.RefreshSeconds;

    /// <summary>Of SOA: how soon they look again when that failed, in seconds.</summary>
    public long? RetrySeconds => _data.RetrySeconds;

    /// <summary>Of SOA: how long they answer when it goes on failing, in seconds.</summary>
    public long? ExpireSeconds => _data.ExpireSeconds;

    /// <summary>Of SOA: how long it may be kept that there is no such name or record, in seconds (RFC 2308 section 4).</summary>
    public long? MinimumSeconds => _data.MinimumSeconds;

    /// <summary>Of CAA: 128 when an issuer must know the property.</summary>
    public int? Flags => _data.Flags;

    /// <summary>Of CAA: the property, such as <c>issue</c>.</summary>
    public string? Tag => _data.Tag;

    /// <summary>Of CAA: the property's value.</summary>
    public string? Value { get; }

    /// <summary>The host that the record leads to: the address, the target, or for want of both its own name.</summary>
    public string ComputerName { get; }

    /// <summary>The server that answered, as <c>address:port</c>.</summary>
    public string Server { get; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was there, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The record as a line of a zone file.</summary>
    public override string ToString() => $"{Name} {TimeToLive} {Type} {Data}";
}
