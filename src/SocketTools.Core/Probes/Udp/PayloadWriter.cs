using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace SocketTools;

/// <summary>Puts a datagram together; numbers go out in network order.</summary>
internal sealed class PayloadWriter
{
    private static readonly RandomNumberGenerator Source = RandomNumberGenerator.Create();

    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    /// <summary>Bytes that nobody can guess.</summary>
    public static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        Source.GetBytes(bytes);
        return bytes;
    }

    /// <summary>A text of so many hexadecimal digits that nobody can guess.</summary>
    public static string RandomHex(int digits)
    {
        var text = new StringBuilder(digits + 1);
        foreach (var part in RandomBytes((digits + 1) / 2))
            text.Append(part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString(0, digits);
    }

    public PayloadWriter Bytes(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PayloadWriter UInt16(int value) => Bytes((byte)(value >> 8), (byte)value);

    public PayloadWriter UInt32(uint value) => UInt16((int)(value >> 16)).UInt16((int)(value & 0xffff));

    public PayloadWriter Ascii(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    public PayloadWriter Random(int count) => Bytes(RandomBytes(count));

    public PayloadWriter Zeros(int count) => Bytes(new byte[count]);

    /// <summary>Adds zeros until the datagram is so long.</summary>
    public PayloadWriter PadTo(int length) => Zeros(length - Length);

    public byte[] ToArray() => [.. _bytes];
}
