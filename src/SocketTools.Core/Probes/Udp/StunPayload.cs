namespace SocketTools;

/// <summary>A request of STUN, which TURN servers answer too.</summary>
internal static class StunPayload
{
    private const int BindingRequest = 0x0001;
    private const uint MagicCookie = 0x2112a442;

    /// <summary>Asks from which address the request came (RFC 8489 sections 5 and 3).</summary>
    public static byte[] Binding() => new PayloadWriter().UInt16(BindingRequest).UInt16(0).UInt32(MagicCookie).Random(12).ToArray();
}
