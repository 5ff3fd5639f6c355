using System;
using System.Text;

namespace SocketTools;

/// <summary>A body as text: by the charset that the content type declares (RFC 9110 section 8.3.2), else by its byte order mark,
/// else as UTF-8; without the mark.</summary>
internal sealed class BodyText
{
    private static readonly (Encoding Encoding, byte[] Mark)[] Marks = Array.ConvertAll(
        [Encoding.UTF8, new UTF32Encoding(false, true), new UTF32Encoding(true, true), Encoding.Unicode, Encoding.BigEndianUnicode],
        static (Encoding encoding) => (encoding, encoding.GetPreamble()));

    private readonly byte[] _body;
    private readonly string? _contentType;
    private Encoding? _encoding;
    private string? _text;

    /// <param name="body">The body's bytes.</param>
    /// <param name="contentType">The value of Content-Type, or null.</param>
    public BodyText(byte[] body, string? contentType)
    {
        _body = body;
        _contentType = contentType;
    }

    /// <summary>The text.</summary>
    public string Text => _text ??= Decode();

    /// <summary>The charset's name.</summary>
    public string Charset => Chosen.WebName;

    private Encoding Chosen => _encoding ??= Declared(_contentType) is { } declared ? Ordered(declared) : Marked(_body) ?? Encoding.UTF8;

    // Of utf-16 and utf-32 the mark tells the order of the bytes (RFC 2781 section 3.3).
    private Encoding Ordered(Encoding declared) =>
        declared.WebName is "utf-16" or "utf-32" && Marked(_body) is { } marked && marked.WebName.StartsWith(declared.WebName, StringComparison.Ordinal) ? marked : declared;

    private string Decode()
    {
        var mark = Chosen.GetPreamble();
        var start = StartsWith(_body, mark) ? mark.Length : 0;
        return Chosen.GetString(_body, start, _body.Length - start);
    }

    private static Encoding? Declared(string? contentType)
    {
        if (CharsetOf(contentType) is not { Length: > 0 } charset)
            return null;
        try
        {
            return CodePages.Find(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // This system does not know it: the body's own marks say more than nothing.
            return null;
        }
    }

    private static string? CharsetOf(string? contentType)
    {
        const string Name = "charset=";
        if (contentType is null || contentType.IndexOf(Name, StringComparison.OrdinalIgnoreCase) < 0)
            return null;
        for (var start = contentType.IndexOf(';') + 1; start > 0;)
        {
            var end = EndOfParameter(contentType, start);
            var parameter = contentType.Substring(start, end - start).Trim(' ', '\t');
            if (parameter.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
                return parameter.Substring(Name.Length).Replace("\\", "").Trim('"', '\'', ' ');
            start = end < contentType.Length ? end + 1 : 0;
        }
        return null;
    }

    // Where the next ';' stands outside of a quoted string (RFC 9110 section 5.6.6).
    private static int EndOfParameter(string text, int at)
    {
        var isQuoted = false;
        for (; at < text.Length && (isQuoted || text[at] != ';'); at++)
        {
            if (text[at] == '"')
                isQuoted = !isQuoted;
            else if (text[at] == '\\' && isQuoted)
                at++;
        }
        return Math.Min(at, text.Length);
    }

    private static Encoding? Marked(byte[] body)
    {
        foreach (var (encoding, mark) in Marks)
        {
            if (StartsWith(body, mark))
                return encoding;
        }
        return null;
    }

    private static bool StartsWith(byte[] body, byte[] mark)
    {
        if (mark.Length == 0 || body.Length < mark.Length)
            return false;
        for (var i = 0; i < mark.Length; i++)
        {
            if (body[i] != mark[i])
                return false;
        }
        return true;
    }
}
