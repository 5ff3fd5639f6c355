namespace SocketTools;

/// <summary>Requests of the GPRS Tunnelling Protocol.</summary>
internal static class GtpPayload
{
    private const byte EchoRequest = 1;

    /// <summary>Asks whether the path is alive, in version 1 (3GPP TS 29.281 sections 5.1 and 7.2.1).</summary>
    public static byte[] Echo1() => new PayloadWriter().Bytes(0x32, EchoRequest).UInt16(4).UInt32(0).Random(2).Zeros(2).ToArray();

    /// <summary>The same in version 2 (3GPP TS 29.274 sections 5.1, 7.1.1 and 8.5), which needs a restart counter.</summary>
    public static byte[] Echo2() => new PayloadWriter().Bytes(0x40, EchoRequest).UInt16(9).Random(3).Bytes(0, 3, 0, 1, 0, 0).ToArray();
}
