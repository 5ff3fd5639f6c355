namespace SocketTools;

/// <summary>A line of text, for services that answer whatever comes.</summary>
internal static class TextPayload
{
    /// <summary>A line to be sent back (RFC 862, UDP), or to be answered with the date (RFC 867), characters (RFC 864), a
    /// quotation (RFC 865) or the users (RFC 866).</summary>
    public static byte[] Line() => new PayloadWriter().Ascii("SocketTools " + PayloadWriter.RandomHex(8) + "\r\n").ToArray();
}
