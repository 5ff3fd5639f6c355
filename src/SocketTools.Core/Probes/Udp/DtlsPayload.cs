namespace SocketTools;

/// <summary>The first message of Datagram Transport Layer Security.</summary>
internal static class DtlsPayload
{
    private const byte Handshake = 22;
    private const int Version10 = 0xfeff;
    private const int Version12 = 0xfefd;
    private const byte ClientHello = 1;

    /// <summary>A ClientHello of DTLS 1.2 without a cookie (RFC 6347 sections 4.1 and 4.2), which is answered with a cookie, or
    /// with an alert.</summary>
    public static byte[] Hello()
    {
        var extensions = new PayloadWriter()
            .UInt16(10).UInt16(8).UInt16(6).UInt16(29).UInt16(23).UInt16(24) // groups: x25519, secp256r1, secp384r1
            .UInt16(11).UInt16(2).Bytes(1, 0) // points as they are
            .UInt16(13).UInt16(14).UInt16(12).UInt16(0x0403).UInt16(0x0503).UInt16(0x0804).UInt16(0x0401).UInt16(0x0501).UInt16(0x0601)
            .UInt16(23).UInt16(0) // extended master secret
            .ToArray();
        var hello = new PayloadWriter()
            .UInt16(Version12).Random(32).Bytes(0, 0)
            // ECDHE with AES-GCM and ChaCha20, RSA, a key known beforehand, and the sign for renegotiation.
            .UInt16(20).UInt16(0xc02b).UInt16(0xc02f).UInt16(0xc02c).UInt16(0xc030).UInt16(0xcca9).UInt16(0xcca8)
            .UInt16(0x009c).UInt16(0x002f).UInt16(0xc0a8).UInt16(0x00ff)
            .Bytes(1, 0).UInt16(extensions.Length).Bytes(extensions).ToArray();
        var message = new PayloadWriter()
            .Bytes(ClientHello, 0).UInt16(hello.Length).UInt16(0).Zeros(3).Bytes(0).UInt16(hello.Length).Bytes(hello).ToArray();
        return new PayloadWriter().Bytes(Handshake).UInt16(Version10).Zeros(8).UInt16(message.Length).Bytes(message).ToArray();
    }
}
