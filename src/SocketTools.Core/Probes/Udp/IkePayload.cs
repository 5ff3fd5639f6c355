namespace SocketTools;

/// <summary>First messages of the Internet Key Exchange.</summary>
internal static class IkePayload
{
    private const byte Version2 = 0x20;
    private const byte Version1 = 0x10;
    private const byte SecurityAssociation2 = 33;
    private const byte SecurityAssociation1 = 1;
    private const byte KeyExchange = 34;
    private const byte Nonce = 40;
    private const byte InitialExchange = 34;
    private const byte MainMode = 2;
    private const byte FromInitiator = 0x08;
    private const int HeaderLength = 28;
    private const int KeyLength = 256;
    private const int NonceLength = 32;

    /// <summary>Offers to set up a security association of version 2 (RFC 7296 sections 1.2 and 3); the answer accepts or
    /// refuses it.</summary>
    public static byte[] Initiate2()
    {
        // Proposal 1 for IKE: AES-CBC with 128 bits, PRF and integrity of HMAC-SHA2-256, Diffie-Hellman group 14.
        var proposal = new PayloadWriter().Bytes(0, 0).UInt16(44).Bytes(1, 1, 0, 4)
            .Bytes(3, 0, 0, 12, 1, 0, 0, 12, 0x80, 14, 0, 128).Bytes(3, 0, 0, 8, 2, 0, 0, 5).Bytes(3, 0, 0, 8, 3, 0, 0, 12).Bytes(0, 0, 0, 8, 4, 0, 0, 14).ToArray();
        var body = new PayloadWriter()
            .Bytes(KeyExchange, 0).UInt16(4 + proposal.Length).Bytes(proposal)
            // A public value below the group's prime; its secret half is nobody's, since the exchange is not gone on with.
            .Bytes(Nonce, 0).UInt16(8 + KeyLength).UInt16(14).UInt16(0).Bytes(0x7f).Random(KeyLength - 1)
            .Bytes(0, 0).UInt16(4 + NonceLength).Random(NonceLength).ToArray();
        return Message(SecurityAssociation2, Version2, InitialExchange, FromInitiator, body);
    }

    /// <summary>The same of version 1, for those that know no other (RFC 2408 section 3, RFC 2409 section 5 and appendix A).</summary>
    public static byte[] Initiate1()
    {
        // AES-CBC with 128 bits, SHA, a key known beforehand, group 2, for 28,800 seconds.
        byte[] attributes =
        [
            0x80, 1, 0, 7, 0x80, 14, 0, 128, 0x80, 2, 0, 2, 0x80, 3, 0, 1, 0x80, 4, 0, 2, 0x80, 11, 0, 1, 0x80, 12, 0x70, 0x80,
        ];
        var transform = new PayloadWriter().Bytes(0, 0).UInt16(8 + attributes.Length).Bytes(1, 1, 0, 0).Bytes(attributes).ToArray();
        var proposal = new PayloadWriter().Bytes(0, 0).UInt16(8 + transform.Length).Bytes(1, 1, 0, 1).Bytes(transform).ToArray();
        var body = new PayloadWriter().Bytes(0, 0).UInt16(12 + proposal.Length).UInt32(1).UInt32(1).Bytes(proposal).ToArray();
        return Message(SecurityAssociation1, Version1, MainMode, 0, body);
    }

    /// <summary>A message as it is sent to the port for traffic through address translation (RFC 3948 section 2.2).</summary>
    public static byte[] BehindMarker(byte[] message) => new PayloadWriter().Zeros(4).Bytes(message).ToArray();

    private static byte[] Message(byte firstPayload, byte version, byte exchange, byte flags, byte[] body) =>
        new PayloadWriter().Random(8).Zeros(8).Bytes(firstPayload, version, exchange, flags).UInt32(0)
            .UInt32((uint)(HeaderLength + body.Length)).Bytes(body).ToArray();
}
