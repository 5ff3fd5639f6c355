namespace SocketTools;

/// <summary>A request of KNXnet/IP.</summary>
internal static class KnxPayload
{
    private const int DescriptionRequest = 0x0203;
    private const int Length = 14;

    /// <summary>Asks a server to describe itself (KNX specification 3/8/2, "Core", sections 2.3 and 7.7.1), to the address that
    /// the request comes from.</summary>
    public static byte[] Describe() =>
        new PayloadWriter().Bytes(6, 0x10).UInt16(DescriptionRequest).UInt16(Length).Bytes(8, 1).PadTo(Length).ToArray();
}
