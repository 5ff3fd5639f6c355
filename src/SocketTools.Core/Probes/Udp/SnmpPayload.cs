namespace SocketTools;

/// <summary>Requests of SNMP. Version 3 comes first, since it is answered without a secret.</summary>
internal static class SnmpPayload
{
    private const int Version1 = 0;
    private const int Version2 = 1;
    private const int Version3 = 3;
    private const int LargestMessage = 65507;
    private const byte Reportable = 0x04;
    private const int UserBasedSecurity = 3;
    private const int GetRequest = 0;

    /// <summary>Asks an agent of version 3 for the identity of its engine, which it tells everybody (RFC 3414 section 4, in a
    /// message of RFC 3412 section 6).</summary>
    public static byte[] EngineDiscovery() => Ber.Sequence(
        Ber.Integer(Version3),
        Ber.Sequence(Ber.Integer(Ber.RandomNumber()), Ber.Integer(LargestMessage), Ber.Octets(Reportable), Ber.Integer(UserBasedSecurity)),
        Ber.Octets(Ber.Sequence(Ber.Octets(), Ber.Integer(0), Ber.Integer(0), Ber.Octets(), Ber.Octets(), Ber.Octets())),
        Ber.Sequence(Ber.Octets(), Ber.Octets(), Get()));

    /// <summary>Asks for the system's description (RFC 1157 section 4.1), with the community that is most often allowed to.</summary>
    public static byte[] Description1() => Description(Version1);

    /// <summary>The same of version 2 (RFC 1901 section 3): for agents that are told to leave version 1 unanswered.</summary>
    public static byte[] Description2() => Description(Version2);

    private static byte[] Description(int version) => Ber.Sequence(
        Ber.Integer(version),
        Ber.Text("public"),
        Get(Ber.Sequence(Ber.ObjectIdentifier(1, 3, 6, 1, 2, 1, 1, 1, 0), Ber.Null())));

    private static byte[] Get(params byte[][] variables) =>
        Ber.Context(GetRequest, Ber.Integer(Ber.RandomNumber()), Ber.Integer(0), Ber.Integer(0), Ber.Sequence(variables));
}
