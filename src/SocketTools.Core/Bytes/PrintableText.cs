using System.Globalization;
using System.Text;

namespace SocketTools;

/// <summary>Text and bytes of a peer as a terminal can show them: control and format characters and bytes that are no UTF-8 become
/// escapes, so that nothing of it steers the terminal.</summary>
internal static class PrintableText
{
    private const int Longest = 80;
    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new HexadecimalFallback());

    /// <summary>Bytes, read as UTF-8, without the end of the last line.</summary>
    public static string Of(byte[] bytes) => Of(Utf8.GetString(bytes).TrimEnd('\r', '\n'));

    /// <summary>Text, cut to a length that a sentence can hold.</summary>
    public static string Excerpt(string text) => text.Length > Longest ? Of(text.Substring(0, Longest)) + "..." : Of(text);

    /// <summary>Text, all of it.</summary>
    public static string Of(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\r' => visible.Append("\\r"),
                '\n' => visible.Append("\\n"),
                '\t' => visible.Append("\\t"),
                _ when char.IsControl(c) => visible.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture)),
                _ when CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format =>
                    visible.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => visible.Append(c),
            };
        }
        return visible.ToString();
    }
}
