using System;

namespace SocketTools;

/// <summary>Notes what whole header lines say against the standard, with the lines' bytes.</summary>
internal sealed class HeadNotes
{
    private readonly string _text;
    private readonly long _offset;
    private readonly FindingLog _findings;

    /// <param name="text">The head or the trailers, a character a byte.</param>
    /// <param name="offset">Where they stand in the answer.</param>
    /// <param name="findings">Where deviations are noted.</param>
    public HeadNotes(string text, long offset, FindingLog findings)
    {
        _text = text;
        _offset = offset;
        _findings = findings;
    }

    /// <summary>Notes a deviation in a header.</summary>
    public void Add(HttpRule rule, HttpHeader header)
    {
        // No further than is kept: a long line may be at fault in each of its parts.
        var most = Math.Min(FindingLog.MostBytes + 2, _text.Length - header.Offset);
        var end = _text.IndexOf('\n', header.Offset, most);
        if (end < 0)
            end = header.Offset + most;
        else if (_text[end - 1] == '\r')
            end--;
        _findings.Add(rule, _offset + header.Offset, _text, header.Offset, end - header.Offset);
    }

    /// <summary>Notes a deviation of the whole, by its first line.</summary>
    public void Add(HttpRule rule) => _findings.Add(rule, _offset, _text, 0, _text.IndexOfAny(['\r', '\n']));
}
