namespace SocketTools;

/// <summary>One deviation of a response from RFC 9110 or RFC 9112.</summary>
public sealed class HttpFinding
{
    internal HttpFinding(HttpRule rule, long offset, byte[] bytes)
    {
        Id = rule.Id;
        Severity = rule.Severity;
        Offset = offset;
        Bytes = bytes;
        Section = rule.Section;
        Meaning = rule.Meaning;
    }

    /// <summary>The name of the deviation, which stays the same in all versions.</summary>
    public string Id { get; }

    /// <summary>How much it can do.</summary>
    public HttpFindingSeverity Severity { get; }

    /// <summary>Where it is: the first byte, from 0, counted from the first byte of the answer, interim responses included.</summary>
    public long Offset { get; }

    /// <summary>The bytes at fault, at most 64 of them.</summary>
    public byte[] Bytes { get; }

    /// <summary>The bytes as text; what is not text is escaped.</summary>
    public string Text => PrintableText.Excerpt(HttpSyntax.Latin1.GetString(Bytes));

    /// <summary>The section of the standard that says otherwise, such as <c>RFC 9112 section 6.3</c>.</summary>
    public string Section { get; }

    /// <summary>What it is and what it can lead to.</summary>
    public string Meaning { get; }

    /// <summary>Severity, name, place and bytes.</summary>
    public override string ToString() => $"{Severity}: {Id} at byte {Offset}: '{Text}' ({Section})";
}
