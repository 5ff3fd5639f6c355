namespace SocketTools;

/// <summary>The first line of a response (RFC 9112 section 4). Lenient in one thing: the space before an absent reason
/// phrase may be missing.</summary>
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

    private static bool Fits(char c, int at) => at switch
    {
        < VersionAt => c == Start[at],
        6 => c == '.',
        8 => c == ' ',
        _ => c is >= '0' and <= '9',
    };
}
