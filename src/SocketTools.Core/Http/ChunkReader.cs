using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Finds the data in a chunked body (RFC 9112 section 7.1), up to the trailers. Lenient in these, and notes each: a
/// bare LF ends a line, white space may follow the size, and an extension may be anything.</summary>
internal sealed class ChunkReader
{
    /// <summary>How many chunks are kept; all are counted.</summary>
    public const int MostKept = 64 * 1024;

    private const int DigitsOfSize = 16;
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private readonly FindingLog _findings;
    private readonly List<HttpChunk> _chunks = [];
    private byte[] _extension = [];
    private int _extensionLength;
    private int _extraLeft;
    private Stage _stage;
    private long _size;
    private long _lineOffset;
    private int _digits;
    private byte _last;

    /// <param name="findings">Where deviations are noted.</param>
    /// <param name="extraBytes">How many bytes all chunk-size lines may have beside the sizes and line ends.</param>
    public ChunkReader(FindingLog findings, int extraBytes)
    {
        _findings = findings;
        _extraLeft = extraBytes;
    }

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

    /// <summary>The chunks whose size has come, the last one among them.</summary>
    public IReadOnlyList<HttpChunk> Chunks => _chunks;

    /// <summary>How many there were in all.</summary>
    public long Count { get; private set; }

    /// <summary>Why the byte that the offset was left at cannot stand there.</summary>
    public (Reason Reason, string Why) Fault { get; private set; }

    /// <summary>Goes on to the next data; these are the last <paramref name="dataCount"/> bytes before the new offset.</summary>
    /// <param name="buffer">Bytes of the body.</param>
    /// <param name="offset">Where they start; moves behind what was read.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="position">Where the first of them is in the answer.</param>
    /// <param name="dataCount">How many of them are data.</param>
    public Step Next(byte[] buffer, ref int offset, int end, long position, out int dataCount)
    {
        dataCount = 0;
        position -= offset;
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
                TakeExtension(buffer, ref offset, end);
            else if (TryTake(buffer, offset, position + offset))
                offset++;
            else
                return Step.Wrong;
            if (_extraLeft < 0)
                return FailFull(position + offset, buffer, offset);
            if (_stage == Stage.Data && _size == 0)
                return Step.LastChunk;
        }
        return Step.NeedMore;
    }

    private bool TryTake(byte[] buffer, int offset, long at)
    {
        var b = buffer[offset];
        var before = _last;
        _last = b;
        switch (_stage)
        {
            case Stage.Size:
                return TryTakeSize(buffer, offset, at);
            case Stage.AfterSize:
                return TryTakeAfterSize(buffer, offset, at);
            case Stage.SizeLineFeed:
                return b == LineFeed ? StartData() : Refuse(HttpRules.InvalidChunkSize, at - 1, [before, b], "a CR in a chunk-size line is not followed by LF");
            case Stage.DataEnd when b == LineFeed:
                _findings.Add(HttpRules.BareLineFeedInChunk, at, buffer, offset, 1);
                return StartSize();
            case Stage.DataEnd:
                _stage = Stage.DataLineFeed;
                return b == CarriageReturn || Refuse(HttpRules.MissingChunkEnd, at, [b], "a chunk's data are not followed by CRLF");
            default:
                return b == LineFeed ? StartSize() : Refuse(HttpRules.MissingChunkEnd, at - 1, [before, b], "a chunk's data are not followed by CRLF");
        }
    }

    private bool TryTakeSize(byte[] buffer, int offset, long at)
    {
        var b = buffer[offset];
        if (_digits == 0)
            _lineOffset = at;
        var digit = HexValue(b);
        if (digit < 0)
            return _digits > 0 ? TryTakeAfterSize(buffer, offset, at) : Refuse(HttpRules.InvalidChunkSize, at, [b], "a chunk does not start with its size in hexadecimal digits");
        if (_size > long.MaxValue >> 4)
            return Refuse(HttpRules.ChunkSizeOverflow, at, [b], "a chunk's size does not fit into 63 bits");
        _size = (_size << 4) | (uint)digit;
        if (++_digits > DigitsOfSize)
            _extraLeft--;
        return true;
    }

    private bool TryTakeAfterSize(byte[] buffer, int offset, long at)
    {
        switch (buffer[offset])
        {
            case LineFeed:
                _findings.Add(HttpRules.BareLineFeedInChunk, at, buffer, offset, 1);
                return StartData();
            case CarriageReturn:
                _stage = Stage.SizeLineFeed;
                return true;
            case (byte)';':
                _stage = Stage.Extension;
                Keep(buffer, offset, 1);
                return true;
            case (byte)' ' or (byte)'\t':
                if (_stage != Stage.AfterSize)
                    _findings.Add(HttpRules.SpaceAfterChunkSize, at, buffer, offset, 1);
                _stage = Stage.AfterSize;
                _extraLeft--;
                return true;
            default:
                return Refuse(HttpRules.InvalidChunkSize, at, [buffer[offset]], "a chunk's size is followed by what is no extension");
        }
    }

    private void TakeExtension(byte[] buffer, ref int offset, int end)
    {
        var room = Math.Min(end - offset, _extraLeft + 1);
        var lineEnd = Array.IndexOf(buffer, LineFeed, offset, room);
        Keep(buffer, offset, (lineEnd < 0 ? offset + room : lineEnd) - offset);
        offset = lineEnd < 0 ? offset + room : lineEnd + 1;
        if (lineEnd >= 0 && _extraLeft >= 0)
            StartData();
    }

    private void Keep(byte[] buffer, int offset, int count)
    {
        if (_extensionLength + count > _extension.Length)
            Array.Resize(ref _extension, Math.Max(_extensionLength + count, Math.Max(64, _extension.Length * 2)));
        Buffer.BlockCopy(buffer, offset, _extension, _extensionLength, count);
        _extensionLength += count;
        _extraLeft -= count;
    }

    private bool StartData()
    {
        _stage = Stage.Data;
        Count++;
        var extension = _extensionLength == 0 ? "" : ReadExtension();
        if (_chunks.Count < MostKept)
            _chunks.Add(new HttpChunk(_lineOffset, _size, extension));
        return true;
    }

    private string ReadExtension()
    {
        var hasReturn = _extension[_extensionLength - 1] == CarriageReturn;
        var count = _extensionLength - (hasReturn ? 1 : 0);
        var offset = _lineOffset + _digits;
        if (!hasReturn)
            _findings.Add(HttpRules.BareLineFeedInChunk, offset, _extension, 0, count);
        var text = HttpSyntax.Latin1.GetString(_extension, 0, count);
        var bare = text.IndexOf('\r');
        if (bare >= 0)
            _findings.Add(HttpRules.BareCarriageReturn, offset, text, 0, count);
        else if (!ChunkExtension.IsValid(text))
            _findings.Add(HttpRules.InvalidChunkExtension, offset, text, 0, count);
        else if (ChunkExtension.BlankAt(text) is var blank and >= 0)
            _findings.Add(HttpRules.SpaceInChunkExtension, offset + blank, text, blank, 1);
        return text;
    }

    private bool StartSize()
    {
        _stage = Stage.Size;
        _size = 0;
        _digits = 0;
        _extensionLength = 0;
        return true;
    }

    private bool Refuse(HttpRule rule, long at, byte[] bytes, string why)
    {
        _findings.Add(rule, at, bytes, 0, bytes.Length);
        Fault = (Reason.ProtocolViolation, why);
        return false;
    }

    private Step FailFull(long at, byte[] buffer, int offset)
    {
        _findings.Add(HttpRules.ChunkExtensionsTooLarge, at - 1, buffer, offset - 1, 1);
        Fault = (Reason.LimitExceeded, "the chunk-size lines have more bytes beside the sizes than the limit allows (-MaximumExtensionBytes)");
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
