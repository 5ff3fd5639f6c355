namespace SocketTools;

/// <summary>Questions in the format of DNS (RFC 1035 section 4).</summary>
internal static class DnsPayload
{
    private const int Address = 1;
    private const int Pointer = 12;
    private const int Text = 16;
    private const int NetBiosStatus = 33;
    private const int Internet = 1;
    private const int Chaos = 3;
    private const int UnicastResponse = 0x8000;

    /// <summary>Asks the server for its version (RFC 4892 section 2). A server answers that itself, if only to say that it
    /// will not; a forwarder does so too when the servers behind it are silent, which no other question brings it to.</summary>
    public static byte[] Version() => Question(["version", "bind"], Text, Chaos);

    /// <summary>Asks for a name that every server should know by itself (RFC 6761 section 6.3), without recursion, so that
    /// none asks another: for servers that drop every class but the Internet's.</summary>
    public static byte[] Localhost() => Question(["localhost"], Address, Internet);

    /// <summary>Asks a multicast DNS responder for the types of its services (RFC 6763 section 9), and to answer directly
    /// (RFC 6762 sections 5.4 and 6.7).</summary>
    public static byte[] MulticastServices() => Question(["_services", "_dns-sd", "_udp", "local"], Pointer, Internet | UnicastResponse);

    /// <summary>Asks for the names of a node, whatever they are (RFC 1002 section 4.2.17); <c>*</c> is encoded as of RFC 1001
    /// section 14.1.</summary>
    public static byte[] NodeStatus() => Question(["CK" + new string('A', 30)], NetBiosStatus, Internet);

    private static byte[] Question(string[] name, int type, int @class)
    {
        var writer = new PayloadWriter().Random(2).UInt16(0).UInt16(1).UInt16(0).UInt16(0).UInt16(0);
        foreach (var label in name)
            writer.Bytes((byte)label.Length).Ascii(label);
        return writer.Bytes(0).UInt16(type).UInt16(@class).ToArray();
    }
}
