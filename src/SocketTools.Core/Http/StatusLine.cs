namespace SocketTools;

/// <summary>The first line of a response (RFC 9112 section 4). Lenient in these: the space before an absent reason phrase may
/// be missing, versions and codes may be any digits, and the phrase may hold any character.</summary>
internal readonly struct StatusLine
{
    private const string Start = "HTTP/";
    private const int VersionAt = 5;
    private const int CodeAt = 9;
    private const int CodeEnd = 12;

    private StatusLine(string text)
    {
        Text = text;
        HttpVersion = text.Substring(VersionAt, 3);
        Code = ((text[CodeAt] - '0') * 100) + ((text[CodeAt + 1] - '0') * 10) + (text[CodeAt + 2] - '0');
        ReasonPhrase = text.Length > CodeEnd ? text.Substring(CodeEnd + 1) : "";
    }

    public string Text { get; }

    public string HttpVersion { get; }

    public int Code { get; }

    public string ReasonPhrase { get; }

    /// <summary>Reads a line that has come whole, without its end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="status">What it says.</param>
    /// <param name="wrongAt">The first character that cannot stand there.</param>
    public static bool TryParse(string line, out StatusLine status, out int wrongAt)
    {
        for (wrongAt = 0; wrongAt < CodeEnd; wrongAt++)
        {
            if (wrongAt >= line.Length || !Fits(line[wrongAt], wrongAt))
            {
                status = default;
                return false;
            }
        }
        var fits = line.Length == CodeEnd || line[CodeEnd] == ' ';
        status = fits ? new StatusLine(line) : default;
        return fits;
    }

    /// <summary>The first of the bytes so far that cannot start a status line, or -1.</summary>
    public static int WrongStartAt(byte[] bytes, int count)
    {
        for (var i = 0; i < count && i < Start.Length; i++)
        {
            if (bytes[i] != Start[i])
                return i;
        }
        return -1;
    }

    /// <summary>Notes in what the line is not as the standard wants it.</summary>
    /// <param name="offset">Where it stands in the answer.</param>
    /// <param name="findings">Where to note it.</param>
    public void Check(long offset, FindingLog findings)
    {
        if (HttpVersion is not ("1.1" or "1.0"))
            findings.Add(HttpRules.UnexpectedVersion, offset, Text, 0, CodeAt - 1);
        if (Code is < 100 or > 599)
            findings.Add(HttpRules.StatusCodeOutOfRange, offset + CodeAt, Text, CodeAt, CodeEnd - CodeAt);
        if (Text.Length == CodeEnd)
            findings.Add(HttpRules.MissingReasonSpace, offset, Text, 0, CodeEnd);
        for (var i = CodeEnd; (i = HttpSyntax.Text.EndOfRun(Text, i, Text.Length)) < Text.Length; i++)
        {
            var rule = Text[i] switch { '\0' => HttpRules.NulInHead, '\r' => HttpRules.BareCarriageReturn, _ => HttpRules.InvalidReasonCharacter };
            findings.Add(rule, offset + i, Text, i, 1);
        }
    }

    private static bool Fits(char c, int at) => at switch
    {
        < VersionAt => c == Start[at],
        6 => c == '.',
        8 => c == ' ',
        _ => c is >= '0' and <= '9',
    };
}
