using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace SocketTools;

/// <summary>Writes an address in its notations, and reads those that are digits.</summary>
internal static class AddressNotation
{
    private const string ReverseIPv4 = ".in-addr.arpa";
    private const string ReverseIPv6 = ".ip6.arpa";

    public static string Hexadecimal(byte[] address) => "0x" + Digits(address);

    /// <summary>The bits: an octet between dots, as IPv4 is written, or sixteen between colons, as IPv6 is.</summary>
    public static string Binary(byte[] address)
    {
        var octets = address.Select(static octet => Convert.ToString(octet, 2).PadLeft(8, '0')).ToArray();
        return address.Length == 4 ? string.Join(".", octets) : string.Join(":", Enumerable.Range(0, 8).Select(i => octets[2 * i] + octets[(2 * i) + 1]));
    }

    /// <summary>An IPv6 address without any zero left out; an IPv4 address as it is.</summary>
    public static string Expanded(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address.ToString();
        var digits = Digits(address.GetAddressBytes());
        return string.Join(":", Enumerable.Range(0, 8).Select(i => digits.Substring(4 * i, 4)));
    }

    /// <summary>A mask; an IPv6 one in hexadecimal groups (RFC 5952 section 4), never with an IPv4 address at its end.</summary>
    public static string Mask(IPAddress mask)
    {
        if (mask.AddressFamily == AddressFamily.InterNetwork)
            return mask.ToString();
        var text = ":" + string.Concat(Expanded(mask).Split(':').Select(static group => group.TrimStart('0').PadLeft(1, '0') + ":"));
        for (var run = 8; run >= 2; run--)
        {
            var zeros = ":" + string.Concat(Enumerable.Repeat("0:", run));
            var at = text.IndexOf(zeros, StringComparison.Ordinal);
            if (at < 0)
                continue;
            text = text.Substring(0, at) + "::" + text.Substring(at + zeros.Length);
            break;
        }
        var start = text.StartsWith("::", StringComparison.Ordinal) ? 0 : 1;
        return text.Substring(start, text.Length - start - (text.EndsWith("::", StringComparison.Ordinal) ? 0 : 1));
    }

    /// <summary>The name whose PTR record names the host (RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
    public static string ReverseName(byte[] address) => address.Length == 4
        ? string.Join(".", Enumerable.Reverse(address).Select(static octet => octet.ToString(CultureInfo.InvariantCulture))) + ReverseIPv4
        : string.Join(".", Digits(address).Reverse()) + ReverseIPv6;

    public static BigInteger Number(byte[] address) =>
        address.Aggregate(BigInteger.Zero, static (number, octet) => (number << 8) | octet);

    /// <summary>The address that is a number, of a width in bytes that holds it.</summary>
    public static byte[] OfNumber(BigInteger number, int width)
    {
        var address = new byte[width];
        for (var i = width - 1; i >= 0; i--, number >>= 8)
            address[i] = (byte)(number & 0xFF);
        return address;
    }

    /// <summary>Reads all 8 or 32 digits after <c>0x</c>.</summary>
    public static byte[]? ReadHexadecimal(string text)
    {
        if (text.Length is not (10 or 34) || !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || !text.Skip(2).All(Uri.IsHexDigit))
            return null;
        return [.. Enumerable.Range(1, (text.Length - 2) / 2).Select(i => byte.Parse(text.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
    }

    /// <summary>Reads all 32 or 128 digits, with dots or colons as <see cref="Binary"/> writes them, after <c>0b</c>, or alone.</summary>
    public static byte[]? ReadBinary(string text)
    {
        var digits = text.StartsWith("0b", StringComparison.OrdinalIgnoreCase) ? text.Substring(2) : text;
        if (digits.IndexOf('.') >= 0 || digits.IndexOf(':') >= 0)
        {
            var parts = digits.Split('.', ':');
            if (parts.Any(part => part.Length != parts[0].Length) || parts[0].Length is not (8 or 16))
                return null;
            digits = string.Concat(parts);
        }
        if (digits.Length is not (32 or 128) || !digits.All(static c => c is '0' or '1'))
            return null;
        return [.. Enumerable.Range(0, digits.Length / 8).Select(i => Convert.ToByte(digits.Substring(8 * i, 8), 2))];
    }

    /// <summary>Reads a reverse name; one with fewer labels is that of a block, as zones are delegated.</summary>
    public static (byte[] Address, int PrefixLength)? ReadReverseName(string text)
    {
        var name = text.TrimEnd('.');
        if (name.EndsWith(ReverseIPv4, StringComparison.OrdinalIgnoreCase))
            return ReadLabels(name.Substring(0, name.Length - ReverseIPv4.Length), 4, 8, static label => label.Length <= 3 && byte.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var octet) ? octet : null);
        if (name.EndsWith(ReverseIPv6, StringComparison.OrdinalIgnoreCase))
            return ReadLabels(name.Substring(0, name.Length - ReverseIPv6.Length), 16, 4, static label => label.Length == 1 && Uri.IsHexDigit(label[0]) ? (byte)Uri.FromHex(label[0]) : null);
        return null;
    }

    private static (byte[] Address, int PrefixLength)? ReadLabels(string labels, int width, int bits, Func<string, byte?> read)
    {
        var values = Enumerable.Reverse(labels.Split('.')).Select(read).ToArray();
        if (values.Length * bits > width * 8 || values.Contains(null))
            return null;
        var number = values.Aggregate(BigInteger.Zero, (number, value) => (number << bits) | value!.Value);
        return (OfNumber(number << ((width * 8) - (values.Length * bits)), width), values.Length * bits);
    }

    private static string Digits(byte[] address) =>
        string.Concat(address.Select(static octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
}
