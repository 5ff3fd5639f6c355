namespace SocketTools;

/// <summary>How far multicast reaches. The values are those of the scope field of IPv6 (RFC 7346 section 2).</summary>
public enum MulticastScope
{
    /// <summary>An interface of this computer.</summary>
    InterfaceLocal = 1,

    /// <summary>The link.</summary>
    LinkLocal = 2,

    /// <summary>A zone of one technology; in IPv4 the local scope (RFC 2365 section 6.1).</summary>
    RealmLocal = 3,

    /// <summary>The smallest scope that is configured by hand.</summary>
    AdminLocal = 4,

    /// <summary>A site.</summary>
    SiteLocal = 5,

    /// <summary>An organisation.</summary>
    OrganizationLocal = 8,

    /// <summary>The internet.</summary>
    Global = 14,
}
