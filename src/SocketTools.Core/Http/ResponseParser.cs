using System;

namespace SocketTools;

/// <summary>Reads a response to one request from bytes as they come, in pieces of any size; knows nothing of where they
/// come from or go to (RFC 9112). However they are cut, it finds the same, in time linear in their number.</summary>
internal sealed class ResponseParser
{
    /// <summary>How many bytes all heads and the trailers of a response may have together.</summary>
    public const int HeadLimit = 256 * 1024;

    private const int SwitchingProtocols = 101;

    private readonly string _method;
    private readonly LineBuffer _lines;
    private ChunkReader? _chunks;
    private Stage _stage;
    private StatusLine? _status;
    private long _position;
    private long _linesStart;
    private long _remaining;

    /// <param name="method">The request's method, which decides whether there is a body.</param>
    /// <param name="headLimit">How many bytes heads and trailers may have.</param>
    public ResponseParser(string method, int headLimit = HeadLimit)
    {
        _method = method;
        _lines = new LineBuffer(headLimit);
    }

    private enum Stage
    {
        Head,
        Length,
        Chunks,
        Trailers,
        UntilClose,
        Ended,
        Wrong,
    }

    /// <summary>The final head; null until it has come.</summary>
    public HttpResponseHead? Head { get; private set; }

    /// <summary>The interim head that came last.</summary>
    public HttpResponseHead? InterimHead { get; private set; }

    /// <summary>The fields after a chunked body (RFC 9112 section 7.1.2).</summary>
    public RawHttpHeaders Trailers { get; private set; } = RawHttpHeaders.Empty;

    /// <summary>The length that the head promises, or null.</summary>
    public long? PromisedLength { get; private set; }

    /// <summary>How many of the next bytes are sure to be body and nothing else; 0 when that is unknown.</summary>
    public long PlainBodyAhead => _stage is Stage.Length or Stage.UntilClose ? _remaining : 0;

    /// <summary>Where the bytes found as <see cref="ResponseStep.Body"/> start in the buffer that was given.</summary>
    public int BodyOffset { get; private set; }

    /// <summary>How many they are.</summary>
    public int BodyCount { get; private set; }

    /// <summary>Why it could not be read on.</summary>
    public ResponseFault? Fault { get; private set; }

    /// <summary>What has come of a head that is not complete.</summary>
    public string UnfinishedHead => Head is null ? _lines.GetText(_lines.Length) : "";

    /// <summary>The status line of a head that is not complete; null until it has come whole.</summary>
    public StatusLine? UnfinishedStatus => Head is null ? _status : null;

    /// <summary>Goes on to what comes next, and moves the offset behind it.</summary>
    public ResponseStep Next(byte[] buffer, ref int offset, int end)
    {
        var start = offset;
        var step = _stage switch
        {
            Stage.Head => ReadHead(buffer, ref offset, end),
            Stage.Length or Stage.UntilClose => ReadBody(ref offset, end),
            Stage.Chunks => ReadChunks(buffer, ref offset, end),
            Stage.Trailers => ReadTrailers(buffer, ref offset, end),
            Stage.Ended => ResponseStep.End,
            _ => ResponseStep.Wrong,
        };
        _position += offset - start;
        return step;
    }

    /// <summary>Says that no more bytes will come.</summary>
    public ResponseStep Close()
    {
        switch (_stage)
        {
            case Stage.Ended or Stage.UntilClose:
                _stage = Stage.Ended;
                return ResponseStep.End;
            case Stage.Wrong:
                return ResponseStep.Wrong;
            case Stage.Head:
                return Fail(Reason.ConnectionClosed, _position, _lines.Length == 0 ? "closed the connection before it answered" : "closed the connection inside the head");
            case Stage.Length:
                return Fail(Reason.ConnectionClosed, _position, $"closed the connection {_remaining} bytes before the end of a body of {PromisedLength} bytes");
            default:
                return Fail(Reason.ConnectionClosed, _position, "closed the connection before the last chunk of the body");
        }
    }

    private ResponseStep ReadHead(byte[] buffer, ref int offset, int end)
    {
        _lines.Take(buffer, ref offset, end);
        if (CheckStatusLine() is { } wrong)
            return wrong;
        if (!_lines.IsComplete)
            return _lines.IsFull ? FailFull() : ResponseStep.NeedMore;
        var text = _lines.GetText(_lines.Length);
        if (!HeaderLines.TryParse(text, _lines.FirstLineLength, out var headers, out var wrongAt))
            return FailHeader(text, wrongAt);
        var head = new HttpResponseHead(_status!.Value, headers, text);
        return head.StatusCode is >= 100 and < 200 and not SwitchingProtocols ? StartNextHead(head) : StartBody(head);
    }

    private ResponseStep? CheckStatusLine()
    {
        if (_status is not null)
            return null;
        var wrongAt = StatusLine.WrongStartAt(_lines.Bytes, _lines.Length);
        if (wrongAt < 0)
        {
            if (_lines.FirstLineLength == 0)
                return null;
            var line = _lines.GetText(_lines.FirstLineLength - 1);
            if (line[line.Length - 1] == '\r')
                line = line.Substring(0, line.Length - 1);
            if (StatusLine.TryParse(line, out var status, out wrongAt))
            {
                _status = status;
                return null;
            }
        }
        return Fail(Reason.ProtocolViolation, _linesStart + wrongAt, "did not answer with an HTTP status line");
    }

    private ResponseStep StartNextHead(HttpResponseHead interim)
    {
        InterimHead = interim;
        _status = null;
        _linesStart += _lines.Length;
        _lines.Clear();
        return ResponseStep.InterimHead;
    }

    private ResponseStep StartBody(HttpResponseHead head)
    {
        Head = head;
        if (!BodyFraming.TryDecide(_method, head, out var framing, out var wrong))
            return Fail(Reason.ProtocolViolation, _linesStart + wrong!.Offset, $"sent '{PrintableText.Excerpt(wrong.ToString())}', which leaves the length of the body unknown (RFC 9112 section 6.3)");
        switch (framing.Kind)
        {
            case BodyFraming.FramingKind.Chunked:
                _chunks = new ChunkReader();
                _stage = Stage.Chunks;
                break;
            case BodyFraming.FramingKind.UntilClose:
                _remaining = long.MaxValue;
                _stage = Stage.UntilClose;
                break;
            case BodyFraming.FramingKind.Length:
                PromisedLength = framing.Length;
                _remaining = framing.Length;
                _stage = _remaining == 0 ? Stage.Ended : Stage.Length;
                break;
            default:
                _stage = Stage.Ended;
                break;
        }
        return ResponseStep.Head;
    }

    private ResponseStep ReadBody(ref int offset, int end)
    {
        var count = (int)Math.Min(end - offset, _remaining);
        if (count == 0)
            return ResponseStep.NeedMore;
        BodyFound(offset, count);
        offset += count;
        if (_stage == Stage.Length && (_remaining -= count) == 0)
            _stage = Stage.Ended;
        return ResponseStep.Body;
    }

    private ResponseStep ReadChunks(byte[] buffer, ref int offset, int end)
    {
        var start = offset;
        switch (_chunks!.Next(buffer, ref offset, end, out var count))
        {
            case ChunkReader.Step.Data:
                BodyFound(offset - count, count);
                return ResponseStep.Body;
            case ChunkReader.Step.LastChunk:
                _linesStart = _position + offset - start;
                _lines.Clear();
                _stage = Stage.Trailers;
                return ReadTrailers(buffer, ref offset, end);
            case ChunkReader.Step.Wrong:
                return Fail(_chunks.Fault.Reason, _position + offset - start, $"sent a body in which {_chunks.Fault.Why}");
            default:
                return ResponseStep.NeedMore;
        }
    }

    private ResponseStep ReadTrailers(byte[] buffer, ref int offset, int end)
    {
        _lines.Take(buffer, ref offset, end);
        if (!_lines.IsComplete)
            return _lines.IsFull ? FailFull() : ResponseStep.NeedMore;
        var text = _lines.GetText(_lines.Length);
        if (!HeaderLines.TryParse(text, 0, out var trailers, out var wrongAt))
            return FailHeader(text, wrongAt);
        Trailers = trailers;
        _stage = Stage.Ended;
        return ResponseStep.End;
    }

    private void BodyFound(int offset, int count)
    {
        BodyOffset = offset;
        BodyCount = count;
    }

    private ResponseStep FailFull() =>
        Fail(Reason.LimitExceeded, _linesStart + _lines.Length, "sent more bytes of head or trailers than the limit allows");

    private ResponseStep FailHeader(string text, int at)
    {
        var line = text.Substring(at, text.IndexOf('\n', at) - at);
        return Fail(Reason.ProtocolViolation, _linesStart + at, $"sent '{PrintableText.Excerpt(line.TrimEnd('\r'))}', which is not a header (RFC 9112 section 5)");
    }

    private ResponseStep Fail(Reason reason, long offset, string why)
    {
        Fault = new ResponseFault(reason, offset, why);
        _stage = Stage.Wrong;
        return ResponseStep.Wrong;
    }
}
