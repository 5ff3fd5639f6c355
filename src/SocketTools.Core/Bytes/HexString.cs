using System;
using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>Bytes written as hexadecimal numbers.</summary>
internal static class HexString
{
    /// <summary>Reads pairs of digits, which blanks, commas, colons and hyphens may part, and <c>0x</c> or <c>\x</c> precede.</summary>
    /// <exception cref="FormatException">It is something else; the message says what is read.</exception>
    public static byte[] Parse(string text)
    {
        var bytes = new List<byte>();
        foreach (var word in text.Replace("\\x", " ").Replace("0x", " ").Split(' ', ',', ':', '-', '\t', '\r', '\n'))
        {
            if (word.Length % 2 != 0)
                throw Refused(text);
            for (var i = 0; i < word.Length; i += 2)
                bytes.Add(byte.TryParse(word.Substring(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : throw Refused(text));
        }
        return [.. bytes];
    }

    private static FormatException Refused(string text) =>
        new($"'{PrintableText.Excerpt(text)}' is not hexadecimal: give two digits a byte, as in '00 ff 0a', '00:ff:0a' or '0x00ff0a'.");
}
