using System;
using System.Text;

namespace SocketTools;

/// <summary>What may stand in the lines of an HTTP message.</summary>
internal static class HttpSyntax
{
    /// <summary>A head's bytes as text, a character a byte and back.</summary>
    public static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Whether two field names are the same one.</summary>
    public static bool SameName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses what is not a token (RFC 9110 section 5.6.2).</summary>
    /// <exception cref="FormatException">It is not; the message says what is.</exception>
    public static string CheckToken(string text, string what)
    {
        var isToken = text.Length > 0;
        foreach (var c in text)
            isToken &= IsTokenCharacter(c);
        return isToken
            ? text
            : throw new FormatException($"'{PrintableText.Excerpt(text)}' is not {what}: give ASCII letters, digits and {TokenMarks} only (RFC 9110 section 5.6.2).");
    }

    /// <summary>Refuses what would end a field's line, and what no byte stands for (RFC 9110 section 5.5).</summary>
    /// <exception cref="FormatException">It would; the message says what is taken.</exception>
    public static string CheckValue(string name, string value)
    {
        foreach (var c in value)
        {
            if (c is '\r' or '\n' or '\0')
                throw new FormatException($"The value of header '{name}' holds {Name(c)}, which would break its line: give it without, or as several headers (RFC 9110 section 5.5).");
            if (c > 0xFF)
                throw new FormatException($"The value of header '{name}' holds {Name(c)}: a header takes ISO 8859-1, U+0001 to U+00FF; encode the rest, for instance as in RFC 8187.");
        }
        return value;
    }

    /// <summary>Whether a character can stand in no value and no phrase (RFC 9110 section 5.5).</summary>
    public static bool IsControl(char c) => c is (< ' ' and not '\t') or '\x7F';

    /// <summary>A character by the name that tells it from others when it cannot be seen.</summary>
    public static string Name(char c) => c switch
    {
        '\r' => "CR",
        '\n' => "LF",
        '\0' => "NUL",
        _ => $"U+{(int)c:X4}",
    };

    /// <summary>Refuses what would end the request line, and what no byte stands for.</summary>
    /// <exception cref="FormatException">It would; the message says what is taken.</exception>
    public static string CheckLine(string text, string what)
    {
        foreach (var c in text)
        {
            if (c is '\r' or '\n' or '\0' or > '\xFF')
                throw new FormatException($"{what} holds {Name(c)}: give characters of ISO 8859-1 without CR, LF and NUL; -RawRequest sends any bytes.");
        }
        return text.Length > 0 ? text : throw new FormatException($"{what} is empty: give what the request line is to ask for, such as / or *.");
    }

    /// <summary>Whether a character can stand in a token (RFC 9110 section 5.6.2).</summary>
    public static bool IsTokenCharacter(char c) =>
        c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') || TokenMarks.IndexOf(c) >= 0;
}
