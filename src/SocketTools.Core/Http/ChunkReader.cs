using System;

namespace SocketTools;

/// <summary>Finds the data in a chunked body (RFC 9112 section 7.1), up to the trailers. Lenient in these: a bare LF ends
/// a line, and white space may follow the size.</summary>
internal sealed class ChunkReader
{
    private const int LongestLine = 16 * 1024;
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private Stage _stage;
    private long _size;
    private int _lineLength;
    private bool _hasDigits;

    private enum Stage
    {
        Size,
        AfterSize,
        Extension,
        SizeLineFeed,
        Data,
        DataEnd,
        DataLineFeed,
    }

    /// <summary>What was found.</summary>
    public enum Step
    {
        NeedMore,
        Data,
        LastChunk,
        Wrong,
    }

    /// <summary>Why the byte that the offset was left at cannot stand there.</summary>
    public (Reason Reason, string Why) Fault { get; private set; }

    /// <summary>Goes on to the next data; these are the last <paramref name="dataCount"/> bytes before the new offset.</summary>
    public Step Next(byte[] buffer, ref int offset, int end, out int dataCount)
    {
        dataCount = 0;
        while (offset < end)
        {
            if (_stage == Stage.Data)
            {
                dataCount = (int)Math.Min(_size, end - offset);
                offset += dataCount;
                _size -= dataCount;
                if (_size == 0)
                    _stage = Stage.DataEnd;
                return Step.Data;
            }
            if (_stage == Stage.Extension)
                SkipExtension(buffer, ref offset, end);
            else if (TryTake(buffer[offset]))
                offset++;
            else
                return Step.Wrong;
            if (_lineLength > LongestLine)
                return Fail(Reason.LimitExceeded, $"a chunk-size line has more than {LongestLine} bytes (RFC 9112 section 7.1.1)");
            if (_stage == Stage.Data && _size == 0)
                return Step.LastChunk;
        }
        return Step.NeedMore;
    }

    private bool TryTake(byte b)
    {
        _lineLength++;
        return _stage switch
        {
            Stage.Size => TryTakeSize(b),
            Stage.AfterSize => TryTakeAfterSize(b),
            Stage.SizeLineFeed => b == LineFeed ? StartData() : Refuse("a CR in a chunk-size line is not followed by LF"),
            Stage.DataEnd => TryTakeDataEnd(b),
            _ => b == LineFeed ? StartSize() : Refuse("a chunk's data are not followed by CRLF"),
        };
    }

    private bool TryTakeSize(byte b)
    {
        var digit = HexValue(b);
        if (digit < 0)
            return _hasDigits ? TryTakeAfterSize(b) : Refuse("a chunk does not start with its size in hexadecimal digits");
        if (_size > long.MaxValue >> 4)
            return Refuse("a chunk's size does not fit into 63 bits");
        _size = (_size << 4) | (uint)digit;
        _hasDigits = true;
        return true;
    }

    private bool TryTakeAfterSize(byte b)
    {
        switch (b)
        {
            case LineFeed:
                return StartData();
            case CarriageReturn:
                _stage = Stage.SizeLineFeed;
                return true;
            case (byte)';':
                _stage = Stage.Extension;
                return true;
            case (byte)' ' or (byte)'\t':
                _stage = Stage.AfterSize;
                return true;
            default:
                return Refuse("a chunk's size is followed by what is no extension");
        }
    }

    private bool TryTakeDataEnd(byte b)
    {
        if (b == LineFeed)
            return StartSize();
        _stage = Stage.DataLineFeed;
        return b == CarriageReturn || Refuse("a chunk's data are not followed by CRLF");
    }

    private void SkipExtension(byte[] buffer, ref int offset, int end)
    {
        var room = Math.Min(end - offset, LongestLine + 1 - _lineLength);
        var lineEnd = Array.IndexOf(buffer, LineFeed, offset, room);
        var count = lineEnd < 0 ? room : lineEnd + 1 - offset;
        offset += count;
        _lineLength += count;
        if (lineEnd >= 0)
            StartData();
    }

    private bool StartData()
    {
        _stage = Stage.Data;
        _lineLength = 0;
        return true;
    }

    private bool StartSize()
    {
        _stage = Stage.Size;
        _size = 0;
        _lineLength = 0;
        _hasDigits = false;
        return true;
    }

    private bool Refuse(string why)
    {
        Fail(Reason.ProtocolViolation, why);
        return false;
    }

    private Step Fail(Reason reason, string why)
    {
        Fault = (reason, why);
        return Step.Wrong;
    }

    private static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
