using System.Collections.Generic;
using System.Text;

namespace SocketTools;

/// <summary>Reads the header lines of a head, or of trailers, that have come whole (RFC 9112 section 5). Lenient in
/// these: a bare LF ends a line, white space may stand before the colon, lines may be folded, and names and values may hold
/// any character.</summary>
internal static class HeaderLines
{
    private const char LineEnd = '\n';

    /// <summary>Reads up to the empty line.</summary>
    /// <param name="text">The head; its last line is empty.</param>
    /// <param name="start">Where the first header line starts.</param>
    /// <param name="headers">What was read.</param>
    /// <param name="wrongAt">Where the line starts that is no header.</param>
    public static bool TryParse(string text, int start, out RawHttpHeaders headers, out int wrongAt)
    {
        var list = new List<HttpHeader>();
        headers = new RawHttpHeaders(list);
        while (true)
        {
            wrongAt = start;
            var next = text.IndexOf(LineEnd, start) + 1;
            var end = ContentEnd(text, start, next);
            if (end == start)
                return true;
            var colon = text.IndexOf(':', start, end - start);
            if (colon <= start || IsBlank(text[start]))
                return false;
            var name = Trimmed(text, start, colon);
            var value = Trimmed(text, colon + 1, end);
            start = next;
            if (IsBlank(text[start]))
                value = Unfold(text, value, ref start);
            list.Add(new HttpHeader(name, value, wrongAt));
        }
    }

    private static string Unfold(string text, string value, ref int start)
    {
        var whole = new StringBuilder(value);
        while (IsBlank(text[start]))
        {
            var next = text.IndexOf(LineEnd, start) + 1;
            whole.Append(' ').Append(Trimmed(text, start, ContentEnd(text, start, next)));
            start = next;
        }
        return whole.ToString();
    }

    private static int ContentEnd(string text, int start, int next)
    {
        var end = next - 1;
        return end > start && text[end - 1] == '\r' ? end - 1 : end;
    }

    private static string Trimmed(string text, int start, int end)
    {
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        return text.Substring(start, end - start);
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';
}
