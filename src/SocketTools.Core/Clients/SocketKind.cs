namespace SocketTools;

/// <summary>What a socket carries. The numbers never change.</summary>
public enum SocketKind
{
    /// <summary>A stream of bytes (Python's <c>SOCK_STREAM</c>).</summary>
    Stream = 1,

    /// <summary>Datagrams (<c>SOCK_DGRAM</c>).</summary>
    Datagram = 2,
}
