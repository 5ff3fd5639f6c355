namespace SocketTools;

/// <summary>A request of RADIUS.</summary>
internal static class RadiusPayload
{
    private const byte AccessRequest = 1;
    private const byte UserName = 1;
    private const byte ChapPassword = 3;
    private const byte NasIdentifier = 32;
    private const int HeaderLength = 20;

    /// <summary>Asks for access for a user that is not known (RFC 2865 section 4.1). A server that knows this host, but not a
    /// secret of it, still answers that; it never answers a Status-Server without one (RFC 5997 section 3).</summary>
    public static byte[] Access()
    {
        var attributes = new PayloadWriter();
        Add(attributes, UserName, System.Text.Encoding.ASCII.GetBytes("SocketTools"));
        Add(attributes, ChapPassword, PayloadWriter.RandomBytes(17));
        Add(attributes, NasIdentifier, System.Text.Encoding.ASCII.GetBytes("SocketTools"));
        var body = attributes.ToArray();
        return new PayloadWriter().Bytes(AccessRequest).Random(1).UInt16(HeaderLength + body.Length).Random(16).Bytes(body).ToArray();
    }

    private static void Add(PayloadWriter attributes, byte type, byte[] value) => attributes.Bytes(type, (byte)(2 + value.Length)).Bytes(value);
}
