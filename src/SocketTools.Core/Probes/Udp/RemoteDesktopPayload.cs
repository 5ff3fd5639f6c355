namespace SocketTools;

/// <summary>The first datagram of Remote Desktop over UDP.</summary>
internal static class RemoteDesktopPayload
{
    private const int Syn = 0x0001;
    private const int ReceiveWindow = 64;
    private const int LargestDatagram = 1232;

    /// <summary>Opens a connection ([MS-RDPEUDP] sections 2.2.2.1, 2.2.2.5 and 3.1.5.1.1): nothing acknowledged, a first
    /// sequence number, and zeros up to the size that it asks for.</summary>
    public static byte[] Open() =>
        new PayloadWriter().UInt32(uint.MaxValue).UInt16(ReceiveWindow).UInt16(Syn)
            .Random(4).UInt16(LargestDatagram).UInt16(LargestDatagram).PadTo(LargestDatagram).ToArray();
}
