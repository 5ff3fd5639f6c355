using System.Collections.Generic;
using System.Text;

namespace SocketTools;

/// <summary>Reads the header lines of a head, or of trailers, that have come whole (RFC 9112 section 5). Lenient in these, and
/// notes each: a bare LF ends a line, white space may stand before the colon, lines may be folded, and names and values may
/// hold any character.</summary>
internal sealed class HeaderLines
{
    private const int LargeLine = 8 * 1024;

    private readonly string _text;
    private readonly long _offset;
    private readonly FindingLog _findings;
    private readonly int _most;

    /// <param name="text">The head, a character a byte; its last line is empty.</param>
    /// <param name="offset">Where it stands in the answer.</param>
    /// <param name="findings">Where deviations are noted.</param>
    /// <param name="most">How many headers are taken.</param>
    public HeaderLines(string text, long offset, FindingLog findings, int most)
    {
        _text = text;
        _offset = offset;
        _findings = findings;
        _most = most;
    }

    /// <summary>The rule that the line breaks which ended the reading; null when there is none.</summary>
    public HttpRule? Broken { get; private set; }

    /// <summary>Where that line starts in the text.</summary>
    public int BrokenAt { get; private set; }

    /// <summary>Reads up to the empty line.</summary>
    /// <param name="start">Where the first header line starts.</param>
    /// <returns>The headers, up to a line that is none.</returns>
    public RawHttpHeaders Read(int start)
    {
        var headers = new List<HttpHeader>();
        while (true)
        {
            var next = NextLine(start, out var end);
            if (end == start)
                break;
            var colon = _text.IndexOf(':', start, end - start);
            Broken = IsBlank(_text[start]) ? HttpRules.SpaceBeforeFirstHeader :
                colon < 0 ? HttpRules.HeaderWithoutColon :
                colon == start ? HttpRules.EmptyHeaderName :
                headers.Count == _most ? HttpRules.TooManyHeaders : null;
            if (Broken is not null)
            {
                BrokenAt = start;
                if (Broken == HttpRules.HeaderWithoutColon)
                    CheckCharacters(start, end);
                _findings.Add(Broken, _offset + start, _text, start, end - start);
                break;
            }
            var at = start;
            var name = Name(start, colon);
            CheckCharacters(colon + 1, end);
            var value = Trimmed(colon + 1, end);
            start = next;
            if (IsBlank(_text[start]))
                value = Unfold(value, ref start);
            if (start - at > LargeLine)
                _findings.Add(HttpRules.HeaderTooLarge, _offset + at, _text, at, start - at);
            headers.Add(new HttpHeader(name, value, at));
        }
        return new RawHttpHeaders([.. headers]);
    }

    // Where the next line starts; the end of this one is where its content ends.
    private int NextLine(int start, out int end)
    {
        end = _text.IndexOf('\n', start);
        var next = end + 1;
        if (end > start && _text[end - 1] == '\r')
            end--;
        else
            _findings.Add(HttpRules.BareLineFeed, _offset + end, _text, end, 1);
        return next;
    }

    private string Name(int start, int colon)
    {
        var end = colon;
        while (IsBlank(_text[end - 1]))
            end--;
        if (end < colon)
            _findings.Add(HttpRules.SpaceBeforeColon, _offset + start, _text, start, colon + 1 - start);
        NoteOthers(HttpSyntax.Token, HttpRules.InvalidNameCharacter, start, end);
        return _text.Substring(start, end - start);
    }

    private void CheckCharacters(int start, int end) => NoteOthers(HttpSyntax.Text, HttpRules.InvalidValueCharacter, start, end);

    private void NoteOthers(CharacterSet allowed, HttpRule rule, int start, int end)
    {
        while ((start = allowed.EndOfRun(_text, start, end)) < end)
        {
            _findings.Add(RuleOf(_text[start], rule), _offset + start, _text, start, 1);
            start++;
        }
    }

    private static HttpRule RuleOf(char c, HttpRule otherwise) => c switch
    {
        '\0' => HttpRules.NulInHead,
        '\r' => HttpRules.BareCarriageReturn,
        _ => otherwise,
    };

    private string Unfold(string value, ref int start)
    {
        var whole = new StringBuilder(value);
        while (IsBlank(_text[start]))
        {
            var next = NextLine(start, out var end);
            _findings.Add(HttpRules.FoldedHeader, _offset + start, _text, start, end - start);
            CheckCharacters(start, end);
            AppendTrimmed(whole.Append(' '), start, end);
            start = next;
        }
        return whole.ToString().Trim(' ');
    }

    private string Trimmed(int start, int end)
    {
        Trim(ref start, ref end);
        return _text.Substring(start, end - start);
    }

    private void AppendTrimmed(StringBuilder whole, int start, int end)
    {
        Trim(ref start, ref end);
        whole.Append(_text, start, end - start);
    }

    private void Trim(ref int start, ref int end)
    {
        while (start < end && IsBlank(_text[start]))
            start++;
        while (end > start && IsBlank(_text[end - 1]))
            end--;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';
}
