namespace SocketTools;

/// <summary>A message of the Constrained Application Protocol.</summary>
internal static class CoapPayload
{
    private const byte ConfirmableVersion1 = 0x40;

    /// <summary>An empty message that wants to be confirmed, which is reset: "CoAP ping" (RFC 7252 section 4.3).</summary>
    public static byte[] Ping() => new PayloadWriter().Bytes(ConfirmableVersion1, 0).Random(2).ToArray();
}
