using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SocketTools;

/// <summary>A name to ask the DNS about: as it was given, and in the ASCII form that goes over the wire.</summary>
internal sealed class DnsName
{
    /// <summary>What can be written where such a name is asked for, in one sentence.</summary>
    public const string Accepted =
        "Give a name (www.example.org, _ldap._tcp.example.org, an international one), '.' for the root, or an address (192.0.2.7, 2001:db8::7), " +
        "which stands for its reverse name.";

    private const int LongestLabel = 63;
    private const int LongestOnWire = 255; // RFC 1035 section 2.3.4
    private const string AsciiPrefix = "xn--";

    private static readonly IdnMapping International = new() { AllowUnassigned = true };

    private DnsName(string text, string ascii, bool isReverse)
    {
        Text = text;
        Ascii = ascii;
        IsReverse = isReverse;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>As it is asked for, without the final dot; the root's is empty.</summary>
    public string Ascii { get; }

    /// <summary>Whether it stands for an address.</summary>
    public bool IsReverse { get; }

    public override string ToString() => Text;

    /// <summary>The name that holds the names of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
    public static DnsName ReverseOf(IPAddress address) => new(address.ToString(), ReverseName(address), true);

    /// <summary>Reads a name or an address.</summary>
    /// <exception cref="FormatException">The text is neither; the message says what is.</exception>
    public static DnsName Parse(string text)
    {
        if (HostTarget.TryParseAddress(text, out var address))
            return new DnsName(text, ReverseName(address), true);
        if (text == ".")
            return new DnsName(text, "", false);
        var ascii = ToAscii(text);
        if (ascii.EndsWith(".", StringComparison.Ordinal))
            ascii = ascii.Substring(0, ascii.Length - 1);
        if (ascii.Length + 2 > LongestOnWire)
            throw Refused(text, $"a name has at most {LongestOnWire - 2} characters");
        foreach (var label in ascii.Split('.'))
        {
            if (label.Length is 0 or > LongestLabel)
                throw Refused(text, $"each part of a name has 1 to {LongestLabel} characters");
            foreach (var c in label)
            {
                if (!IsAllowed(c))
                    throw Refused(text, $"a name cannot hold '{c}'");
            }
        }
        return new DnsName(text, ascii, false);
    }

    /// <summary>A name of a message as people write it (RFC 1035 section 5.1); bytes that no host name has are escapes.</summary>
    /// <exception cref="FormatException">The name is longer than names can be.</exception>
    public static string FromLabels(IEnumerable<ArraySegment<byte>> labels)
    {
        var name = new StringBuilder();
        var onWire = 1;
        foreach (var label in labels)
        {
            onWire += label.Count + 1;
            if (label.Count > LongestLabel || onWire > LongestOnWire)
                throw new FormatException("The message has a name that is too long.");
            if (name.Length > 0)
                name.Append('.');
            Append(name, label);
        }
        return name.Length == 0 ? "." : name.ToString();
    }

    /// <summary>A name of a message with its international parts readable (RFC 5891 section 5.4).</summary>
    public static string ToUnicode(string ascii)
    {
        if (ascii.IndexOf(AsciiPrefix, StringComparison.OrdinalIgnoreCase) < 0)
            return ascii;
        try
        {
            // What does not lead back is not what it looks like.
            var unicode = International.GetUnicode(ascii);
            return string.Equals(International.GetAscii(unicode), ascii, StringComparison.OrdinalIgnoreCase) ? unicode : ascii;
        }
        catch (ArgumentException)
        {
            return ascii;
        }
    }

    /// <summary>Bytes in the form of a zone file (RFC 1035 section 5.1), where a backslash and three digits stand for what cannot be
    /// shown.</summary>
    /// <param name="text">Where they are appended.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="special">Characters that have a backslash before them.</param>
    /// <param name="first">The first character that is shown as it is: blanks end a name, but not what stands in quotes.</param>
    public static void Append(StringBuilder text, ArraySegment<byte> bytes, string special = ".\\", char first = '!')
    {
        for (var i = 0; i < bytes.Count; i++)
        {
            var c = (char)bytes.Array![bytes.Offset + i];
            if (special.IndexOf(c) >= 0)
                text.Append('\\').Append(c);
            else if (c >= first && c <= '~')
                text.Append(c);
            else
                text.Append('\\').Append(((int)c).ToString("000", CultureInfo.InvariantCulture));
        }
    }

    private static string ToAscii(string text)
    {
        if (text.Length == 0)
            throw new FormatException("A name is blank. " + Accepted);
        if (text.FirstOrDefault(static c => char.IsControl(c) || char.IsWhiteSpace(c)) is var bad && (bad != '\0' || text.IndexOf('\0') >= 0))
            throw Refused(text, bad == ' ' ? "a name cannot hold a blank" : string.Format(CultureInfo.InvariantCulture, "a name cannot hold U+{0:X4}", (int)bad));
        try
        {
            return HostTarget.ToAscii(text);
        }
        catch (ArgumentException)
        {
            throw Refused(text, $"it is no international name (RFC 5890), or one of its parts has more than {LongestLabel} characters in ASCII");
        }
    }

    // Host names have letters, digits and '-'; other owners '_' (RFC 8552), '*' (RFC 4592) and '/' (RFC 2317).
    private static bool IsAllowed(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '*' or '/';

    private static string ReverseName(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Reverse(bytes);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Join(".", bytes) + ".in-addr.arpa"
            : string.Concat(bytes.Select(static b => string.Format(CultureInfo.InvariantCulture, "{0:x}.{1:x}.", b & 15, b >> 4))) + "ip6.arpa";
    }

    private static FormatException Refused(string text, string why) =>
        new($"'{PrintableText.Excerpt(text)}' is not a name of the DNS: {why}. {Accepted}");
}
