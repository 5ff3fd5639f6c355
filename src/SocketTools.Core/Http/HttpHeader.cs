namespace SocketTools;

/// <summary>One header field, as it was sent (RFC 9110 section 5). Its bytes are read as ISO 8859-1, one character each.</summary>
public sealed class HttpHeader
{
    internal HttpHeader(string name, string value, int offset = 0)
    {
        Name = name;
        Value = value;
        Offset = offset;
    }

    /// <summary>The field's name in the case that was sent.</summary>
    public string Name { get; }

    /// <summary>The field's value without the white space around it; a folded value (RFC 9112 section 5.2) is one line,
    /// with one space in place of each fold.</summary>
    public string Value { get; }

    /// <summary>Where its line starts in the head, in bytes.</summary>
    internal int Offset { get; }

    /// <summary>The line: <c>Name: value</c>.</summary>
    public override string ToString() => $"{Name}: {Value}";
}
