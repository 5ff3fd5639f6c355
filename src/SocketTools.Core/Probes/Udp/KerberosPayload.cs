namespace SocketTools;

/// <summary>A request of Kerberos.</summary>
internal static class KerberosPayload
{
    private const byte ApplicationRequest = 0x6a;
    private const byte BitStringTag = 0x03;
    private const byte GeneralizedTimeTag = 0x18;
    private const byte GeneralStringTag = 0x1b;
    private const int Version = 5;
    private const int AuthenticationRequest = 10;
    private const int Principal = 1;
    private const int ServiceInstance = 2;
    private const int Aes256 = 18;
    private const int Aes128 = 17;
    private const string Realm = "INVALID";

    /// <summary>Asks for a ticket for a realm that cannot exist, without any proof of who asks (RFC 4120 section 5.4.1); the
    /// answer is an error.</summary>
    public static byte[] Request() => Ber.Value(
        ApplicationRequest,
        Ber.Sequence(
            Ber.Context(1, Ber.Integer(Version)),
            Ber.Context(2, Ber.Integer(AuthenticationRequest)),
            Ber.Context(4, Body())));

    private static byte[] Body() => Ber.Sequence(
        Ber.Context(0, Ber.Value(BitStringTag, [0, 0, 0, 0, 0])),
        Ber.Context(1, Name(Principal, "nobody")),
        Ber.Context(2, Text(GeneralStringTag, Realm)),
        Ber.Context(3, Name(ServiceInstance, "krbtgt", Realm)),
        Ber.Context(5, Text(GeneralizedTimeTag, "19700101000000Z")),
        Ber.Context(7, Ber.Integer(Ber.RandomNumber())),
        Ber.Context(8, Ber.Sequence(Ber.Integer(Aes256), Ber.Integer(Aes128))));

    private static byte[] Name(int type, params string[] parts) => Ber.Sequence(
        Ber.Context(0, Ber.Integer(type)),
        Ber.Context(1, Ber.Sequence(System.Array.ConvertAll(parts, static part => Text(GeneralStringTag, part)))));

    private static byte[] Text(byte tag, string text) => Ber.Value(tag, System.Text.Encoding.ASCII.GetBytes(text));
}
