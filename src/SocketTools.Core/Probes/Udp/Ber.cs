using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>Values of ASN.1 in its basic encoding rules (ITU-T X.690 section 8), as SNMP, LDAP and Kerberos write them.</summary>
internal static class Ber
{
    private const byte IntegerTag = 0x02;
    private const byte OctetStringTag = 0x04;
    private const byte NullTag = 0x05;
    private const byte ObjectIdentifierTag = 0x06;
    private const byte SequenceTag = 0x30;
    private const byte ConstructedContextTag = 0xa0;
    private const int ShortestLongForm = 0x80;

    public static byte[] Value(byte tag, params byte[][] parts)
    {
        var content = parts.SelectMany(static part => part).ToArray();
        var writer = new PayloadWriter().Bytes(tag);
        if (content.Length < ShortestLongForm)
            writer.Bytes((byte)content.Length);
        else
            writer.Bytes(0x82).UInt16(content.Length);
        return writer.Bytes(content).ToArray();
    }

    public static byte[] Sequence(params byte[][] parts) => Value(SequenceTag, parts);

    /// <summary>A value under an explicit tag of its context, such as <c>[1]</c>.</summary>
    public static byte[] Context(int number, params byte[][] parts) => Value((byte)(ConstructedContextTag + number), parts);

    /// <summary>A number that is not negative.</summary>
    public static byte[] Integer(int value) => Value(IntegerTag, Number(value));

    public static byte[] Octets(params byte[] bytes) => Value(OctetStringTag, bytes);

    public static byte[] Text(string text) => Octets(Encoding.ASCII.GetBytes(text));

    public static byte[] Null() => [NullTag, 0];

    /// <summary>An object identifier whose numbers are all below 128.</summary>
    public static byte[] ObjectIdentifier(byte first, byte second, params byte[] others) =>
        Value(ObjectIdentifierTag, [(byte)((first * 40) + second)], others);

    /// <summary>A number of 31 bits that nobody can guess.</summary>
    public static int RandomNumber()
    {
        var bytes = PayloadWriter.RandomBytes(4);
        return ((bytes[0] & 0x7f) << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
    }

    private static byte[] Number(int value)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Insert(0, (byte)value);
            value >>= 8;
        }
        while (value != 0);
        if (bytes[0] >= 0x80)
            bytes.Insert(0, 0);
        return [.. bytes];
    }
}
