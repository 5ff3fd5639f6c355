namespace SocketTools;

/// <summary>A request of the Service Location Protocol.</summary>
internal static class SlpPayload
{
    private const byte Version2 = 2;
    private const byte ServiceRequest = 1;

    /// <summary>Asks an agent for itself (RFC 2608 sections 8, 8.1 and 8.6).</summary>
    public static byte[] ServiceAgent()
    {
        var body = new PayloadWriter().UInt16(0);
        Text(body, "service:service-agent");
        Text(body, "DEFAULT");
        body.UInt16(0).UInt16(0);
        var head = new PayloadWriter().Bytes(0, 0, 0).Bytes(0, 0).Random(2);
        Text(head, "en");
        return new PayloadWriter().Bytes(Version2, ServiceRequest, 0).UInt16(5 + head.Length + body.Length)
            .Bytes(head.ToArray()).Bytes(body.ToArray()).ToArray();
    }

    private static void Text(PayloadWriter writer, string text) => writer.UInt16(text.Length).Ascii(text);
}
