namespace SocketTools;

/// <summary>The versions of the Internet Protocol.</summary>
public enum IPVersion
{
    /// <summary>IPv4 (AF_INET).</summary>
    IPv4 = 4,

    /// <summary>IPv6 (AF_INET6).</summary>
    IPv6 = 6,
}
