namespace SocketTools;

/// <summary>A packet of QUIC.</summary>
internal static class QuicPayload
{
    private const byte LongHeader = 0xc0;
    private const uint ReservedVersion = 0x1a2a3a4a;
    private const byte IdentifierLength = 8;
    private const int LeastDatagram = 1200;

    /// <summary>A packet of a version that never will be (RFC 9000 section 15), as long as a first packet has to be (section
    /// 14.1): the answer lists the versions that the server knows (section 6.1).</summary>
    public static byte[] NegotiateVersion() =>
        new PayloadWriter().Bytes(LongHeader).UInt32(ReservedVersion)
            .Bytes(IdentifierLength).Random(IdentifierLength).Bytes(IdentifierLength).Random(IdentifierLength).PadTo(LeastDatagram).ToArray();
}
