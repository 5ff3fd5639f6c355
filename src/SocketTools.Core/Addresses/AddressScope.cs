namespace SocketTools;

/// <summary>What an address is for, by IANA's registries of special-purpose addresses (RFC 6890) and of multicast.</summary>
public enum AddressScope
{
    /// <summary>An address of the internet.</summary>
    Global = 1,

    /// <summary>No address: <c>0.0.0.0</c> and <c>::</c>; for a listener, all addresses.</summary>
    Unspecified = 2,

    /// <summary>This computer.</summary>
    Loopback = 3,

    /// <summary>The link that an interface is on.</summary>
    LinkLocal = 4,

    /// <summary>IPv4 networks of one's own (RFC 1918).</summary>
    Private = 5,

    /// <summary>IPv6 networks of one's own (RFC 4193).</summary>
    UniqueLocal = 6,

    /// <summary>Between providers and their customers (RFC 6598).</summary>
    Shared = 7,

    /// <summary>A group of computers.</summary>
    Multicast = 8,

    /// <summary>Every computer on the link: <c>255.255.255.255</c>.</summary>
    Broadcast = 9,

    /// <summary>Examples in documents.</summary>
    Documentation = 10,

    /// <summary>Measuring network devices.</summary>
    Benchmarking = 11,

    /// <summary>"This network": <c>0.0.0.0/8</c>.</summary>
    ThisNetwork = 12,

    /// <summary>An IPv4 address for programs that only know IPv6.</summary>
    IPv4Mapped = 13,

    /// <summary>An IPv4 address in IPv6, deprecated.</summary>
    IPv4Compatible = 14,

    /// <summary>An IPv4 address that an IPv6 network translates to.</summary>
    Nat64 = 15,

    /// <summary>6to4, deprecated (RFC 7526).</summary>
    SixToFour = 16,

    /// <summary>Teredo (RFC 4380).</summary>
    Teredo = 17,

    /// <summary>Thrown away by routers (RFC 6666).</summary>
    DiscardOnly = 18,

    /// <summary>A site of one's own, deprecated (RFC 3879).</summary>
    SiteLocal = 19,

    /// <summary>Segment routing over IPv6 (RFC 9602).</summary>
    SegmentRouting = 20,

    /// <summary>Assigned to one protocol.</summary>
    ProtocolAssignment = 21,

    /// <summary>Kept for future use.</summary>
    Reserved = 22,
}
