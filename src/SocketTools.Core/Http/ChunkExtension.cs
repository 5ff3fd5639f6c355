namespace SocketTools;

/// <summary>The part of a chunk-size line after the size (RFC 9112 section 7.1.1).</summary>
internal static class ChunkExtension
{
    /// <summary>Whether it is any number of <c>;name</c>, <c>;name=token</c> and <c>;name="text"</c>, with white space around
    /// their marks.</summary>
    public static bool IsValid(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (text[at++] != ';' || !TakeToken(text, Blank(text, ref at)))
                return false;
            at = TokenEnd(text, at);
            Blank(text, ref at);
            if (at == text.Length || text[at] == ';')
                continue;
            if (text[at++] != '=')
                return false;
            Blank(text, ref at);
            var end = at < text.Length && text[at] == '"' ? QuotedEnd(text, at) : TokenEnd(text, at);
            if (end <= at)
                return false;
            at = end;
            Blank(text, ref at);
        }
        return true;
    }

    /// <summary>Where the first white space stands outside of quoted text; -1 when there is none.</summary>
    public static int BlankAt(string text)
    {
        var isQuoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
                isQuoted = !isQuoted;
            else if (text[at] == '\\' && isQuoted)
                at++;
            else if (text[at] is ' ' or '\t' && !isQuoted)
                return at;
        }
        return -1;
    }

    private static bool TakeToken(string text, int at) => TokenEnd(text, at) > at;

    private static int Blank(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static int TokenEnd(string text, int at) => HttpSyntax.Token.EndOfRun(text, at, text.Length);

    // Behind the closing quotation mark, or -1.
    private static int QuotedEnd(string text, int at)
    {
        for (at++; at < text.Length && HttpSyntax.Text.Has(text[at]); at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\' && (++at == text.Length || !HttpSyntax.Text.Has(text[at])))
                return -1;
        }
        return -1;
    }
}
