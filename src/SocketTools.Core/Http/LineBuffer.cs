using System;

namespace SocketTools;

/// <summary>Gathers lines until an empty one has come, at most a given number of bytes and of lines that do not go on with another.</summary>
internal sealed class LineBuffer
{
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const int FirstCapacity = 1024;

    private byte[] _bytes = new byte[FirstCapacity];
    private int _lineStart;
    private long _lines;
    private int _limit;

    public LineBuffer(int limit) => _limit = limit;

    public byte[] Bytes => _bytes;

    public int Length { get; private set; }

    /// <summary>The length of the first line with its end, or 0 until it has come whole.</summary>
    public int FirstLineLength { get; private set; }

    /// <summary>Whether the empty line has come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many lines may come that are not the fold of another.</summary>
    public long MostLines { get; set; } = long.MaxValue;

    /// <summary>Whether more have come.</summary>
    public bool HasTooManyLines => _lines > MostLines;

    /// <summary>Whether the limit was reached without it.</summary>
    public bool IsFull => !IsComplete && Length >= _limit;

    /// <summary>How many bytes may still come.</summary>
    public int Room => Math.Max(0, _limit - Length);

    /// <summary>Takes bytes up to and with the empty line.</summary>
    public void Take(byte[] buffer, ref int offset, int end)
    {
        while (!IsComplete && !IsFull && !HasTooManyLines && offset < end)
        {
            var room = Math.Min(end - offset, _limit - Length);
            var lineEnd = Array.IndexOf(buffer, LineFeed, offset, room);
            var count = lineEnd < 0 ? room : lineEnd + 1 - offset;
            Append(buffer, offset, count);
            offset += count;
            if (lineEnd >= 0)
                EndLine();
        }
    }

    /// <summary>Counts bytes that are gathered elsewhere against the limit.</summary>
    public void Charge(int count) => _limit -= count;

    /// <summary>Starts anew; what was gathered counts against the limit.</summary>
    public void Clear()
    {
        Charge(Length);
        _lineStart = 0;
        _lines = 0;
        Length = 0;
        FirstLineLength = 0;
        IsComplete = false;
    }

    /// <summary>The lines that have come whole, as text.</summary>
    public string GetLines() => GetText(_lineStart);

    /// <summary>The bytes as text, a character each.</summary>
    public string GetText(int count) => HttpSyntax.Latin1.GetString(_bytes, 0, count);

    private void EndLine()
    {
        if (FirstLineLength == 0)
            FirstLineLength = Length;
        var count = Length - _lineStart;
        IsComplete = count == 1 || (count == 2 && _bytes[_lineStart] == CarriageReturn);
        if (!IsComplete && _bytes[_lineStart] is not ((byte)' ' or (byte)'\t'))
            _lines++;
        _lineStart = Length;
    }

    private void Append(byte[] source, int offset, int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        Buffer.BlockCopy(source, offset, _bytes, Length, count);
        Length += count;
    }
}
