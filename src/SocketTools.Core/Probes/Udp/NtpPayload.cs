namespace SocketTools;

/// <summary>The time, asked for in NTP's client mode.</summary>
internal static class NtpPayload
{
    private const byte Version4Client = 0x23;
    private const int BytesBeforeTransmitTime = 40;

    /// <summary>A request of version 4 that tells nothing of this host (RFC 5905 section 7.3): its transmit time is a random
    /// number, which the answer repeats as its origin time.</summary>
    public static byte[] Request() =>
        new PayloadWriter().Bytes(Version4Client).PadTo(BytesBeforeTransmitTime).Random(8).ToArray();
}
