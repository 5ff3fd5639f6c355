namespace SocketTools;

/// <summary>A request of memcached.</summary>
internal static class MemcachedPayload
{
    /// <summary>Asks for the version, behind the header that a datagram needs ("UDP protocol" in memcached's protocol.txt):
    /// request number, sequence number, number of datagrams, and two bytes for later.</summary>
    public static byte[] Version() => new PayloadWriter().Random(2).UInt16(0).UInt16(1).UInt16(0).Ascii("version\r\n").ToArray();
}
