using System;
using System.Text;

namespace SocketTools;

/// <summary>What may stand in the lines of an HTTP message.</summary>
internal static class HttpSyntax
{
    /// <summary>A head's bytes as text, a character a byte and back.</summary>
    public static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>What can stand in a token (RFC 9110 section 5.6.2).</summary>
    public static readonly CharacterSet Token = new(
        static c => c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') || TokenMarks.IndexOf(c) >= 0);

    /// <summary>What can stand in a value or a phrase (RFC 9110 section 5.5): anything but control characters.</summary>
    public static readonly CharacterSet Text = new(static c => c is not ((< ' ' and not '\t') or '\x7F'));

    /// <summary>The characters of ASCII that can be seen (VCHAR of RFC 5234).</summary>
    public static readonly CharacterSet Visible = new(static c => c is > ' ' and < '\x7F');

    /// <summary>What does not break the line in which it stands.</summary>
    public static readonly CharacterSet Line = new(static c => c is not ('\r' or '\n' or '\0'));

    /// <summary>Whether two field names are the same one.</summary>
    public static bool SameName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses what is not a token (RFC 9110 section 5.6.2).</summary>
    /// <exception cref="FormatException">It is not; the message says what is.</exception>
    public static string CheckToken(string text, string what)
    {
        return text.Length > 0 && Token.EndOfRun(text, 0, text.Length) == text.Length
            ? text
            : throw new FormatException($"'{PrintableText.Excerpt(text)}' is not {what}: give ASCII letters, digits and {TokenMarks} only (RFC 9110 section 5.6.2).");
    }

    /// <summary>Refuses what would end a field's line, and what no byte stands for (RFC 9110 section 5.5).</summary>
    /// <exception cref="FormatException">It would; the message says what is taken.</exception>
    public static string CheckValue(string name, string value)
    {
        var at = Line.EndOfRun(value, 0, value.Length);
        return at == value.Length ? value : throw new FormatException($"The value of header '{name}' holds {Name(value[at])}" + (value[at] > 0xFF
            ? ": a header takes ISO 8859-1, U+0001 to U+00FF; encode the rest, for instance as in RFC 8187."
            : ", which would break its line: give it without, or as several headers (RFC 9110 section 5.5)."));
    }

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
        var at = Line.EndOfRun(text, 0, text.Length);
        if (at < text.Length)
            throw new FormatException($"{what} holds {Name(text[at])}: give characters of ISO 8859-1 without CR, LF and NUL; -RawRequest sends any bytes.");
        return text.Length > 0 ? text : throw new FormatException($"{what} is empty: give what the request line is to ask for, such as / or *.");
    }
}
