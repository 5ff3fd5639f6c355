namespace SocketTools;

/// <summary>A transport protocol that has ports. The values are IANA's protocol numbers.</summary>
public enum TransportProtocol
{
    /// <summary>Transmission Control Protocol.</summary>
    Tcp = 6,

    /// <summary>User Datagram Protocol.</summary>
    Udp = 17,
}
