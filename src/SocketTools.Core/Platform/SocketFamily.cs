namespace SocketTools;

/// <summary>The kind of addresses that a socket has. The numbers never change.</summary>
public enum SocketFamily
{
    /// <summary>IPv4 (Python's <c>AF_INET</c>).</summary>
    IPv4 = 4,

    /// <summary>IPv6 (<c>AF_INET6</c>).</summary>
    IPv6 = 6,

    /// <summary>Paths of this computer (<c>AF_UNIX</c>).</summary>
    Unix = 1,
}
