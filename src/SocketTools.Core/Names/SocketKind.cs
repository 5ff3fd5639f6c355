namespace SocketTools;

/// <summary>What a socket carries.</summary>
public enum SocketKind
{
    /// <summary>A stream of bytes (SOCK_STREAM).</summary>
    Stream = 1,

    /// <summary>Datagrams (SOCK_DGRAM).</summary>
    Datagram = 2,

    /// <summary>Packets with a protocol of the program's own (SOCK_RAW).</summary>
    Raw = 3,
}
