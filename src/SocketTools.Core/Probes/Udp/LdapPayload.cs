using System.Text;

namespace SocketTools;

/// <summary>A request of LDAP over UDP, which directory servers of Windows domains answer.</summary>
internal static class LdapPayload
{
    private const byte SearchRequest = 0x63;
    private const byte EnumeratedTag = 0x0a;
    private const byte BooleanTag = 0x01;
    private const byte PresentFilter = 0x87;

    /// <summary>Reads the server's own entry (RFC 4511 section 4.5.1 and RFC 4512 section 5.1; over UDP: RFC 1798 section 5
    /// and [MS-ADTS] section 3.1.1.3.1.11).</summary>
    public static byte[] RootEntry() => Ber.Sequence(
        Ber.Integer(Ber.RandomNumber()),
        Ber.Value(
            SearchRequest,
            Ber.Octets(),
            Ber.Value(EnumeratedTag, [0]),
            Ber.Value(EnumeratedTag, [0]),
            Ber.Integer(0),
            Ber.Integer(0),
            Ber.Value(BooleanTag, [0]),
            Ber.Value(PresentFilter, Encoding.ASCII.GetBytes("objectClass")),
            Ber.Sequence(Ber.Text("supportedLDAPVersion"))));
}
