using System.Diagnostics.CodeAnalysis;

namespace SocketTools;

/// <summary>The types of DNS records that can be asked for, with the numbers that they have on the wire.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "PTR is what the record is called.")]
public enum DnsRecordType
{
    /// <summary>An IPv4 address (RFC 1035 section 3.4.1).</summary>
    A = 1,

    /// <summary>A name server of the zone (RFC 1035 section 3.3.11).</summary>
    NS = 2,

    /// <summary>The name is an alias of another (RFC 1035 section 3.3.1).</summary>
    CNAME = 5,

    /// <summary>The zone's data about itself (RFC 1035 section 3.3.13).</summary>
    SOA = 6,

    /// <summary>The name of an address (RFC 1035 section 3.3.12).</summary>
    PTR = 12,

    /// <summary>A mail server of the domain (RFC 1035 section 3.3.9).</summary>
    MX = 15,

    /// <summary>Text (RFC 1035 section 3.3.14).</summary>
    TXT = 16,

    /// <summary>An IPv6 address (RFC 3596 section 2.1).</summary>
    AAAA = 28,

    /// <summary>Where a service of the domain is (RFC 2782).</summary>
    SRV = 33,

    /// <summary>Who may issue certificates for the name (RFC 8659).</summary>
    CAA = 257,
}
