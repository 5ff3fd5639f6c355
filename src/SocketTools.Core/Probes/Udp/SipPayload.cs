namespace SocketTools;

/// <summary>A request of SIP.</summary>
internal static class SipPayload
{
    /// <summary>Asks for the capabilities of whoever listens (RFC 3261 section 11). No hop is allowed, so that a proxy answers
    /// itself (section 16.3), and the answer is asked for at the port that the request came from (RFC 3581 section 3).</summary>
    public static byte[] Options() => new PayloadWriter().Ascii(string.Join(
        "\r\n",
        "OPTIONS sip:nobody@localhost SIP/2.0",
        $"Via: SIP/2.0/UDP localhost;branch=z9hG4bK{PayloadWriter.RandomHex(16)};rport",
        "Max-Forwards: 0",
        $"From: <sip:nobody@localhost>;tag={PayloadWriter.RandomHex(8)}",
        "To: <sip:nobody@localhost>",
        $"Call-ID: {PayloadWriter.RandomHex(24)}",
        "CSeq: 1 OPTIONS",
        "Accept: application/sdp",
        "Content-Length: 0",
        "",
        "")).ToArray();
}
