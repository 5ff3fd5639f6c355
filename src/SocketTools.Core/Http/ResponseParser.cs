using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Reads a response to one request from bytes as they come, in pieces of any size; knows nothing of where they
/// come from or go to (RFC 9112). However they are cut, it finds the same, in time linear in their number.</summary>
internal sealed class ResponseParser
{
    private const int SwitchingProtocols = 101;
    private const int ResetContent = 205;

    private readonly string _method;
    private readonly HttpLimits _limits;
    private readonly bool _isForHttp10;
    private readonly IReadOnlyList<string>? _askedProtocols;
    private readonly LineBuffer _lines;
    private readonly FindingLog _findings = new();
    private readonly List<byte> _emptyLines = [];
    private ChunkReader? _chunks;
    private Stage _stage;
    private StatusLine? _status;
    private RawHttpHeaders? _unfinishedHeaders;
    private bool _hasNoBody;
    private bool _hasResetBody;
    private long _position;
    private long _linesStart;
    private long _remaining;

    /// <param name="method">The request's method, which decides whether there is a body.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="isForHttp10">Whether the request was one of HTTP/1.0.</param>
    /// <param name="askedProtocols">The protocols that the request asked to change to; null when that is unknown.</param>
    public ResponseParser(string method, HttpLimits? limits = null, bool isForHttp10 = false, IReadOnlyList<string>? askedProtocols = null)
    {
        _askedProtocols = askedProtocols;
        _method = method;
        _limits = limits ?? HttpLimits.Default;
        _isForHttp10 = isForHttp10;
        _lines = new LineBuffer(_limits.HeadBytes) { MostLines = _limits.Headers + 1L };
    }

    private enum Stage
    {
        Head,
        Length,
        Chunks,
        Trailers,
        UntilClose,
        Ended,
        CutOff,
        Wrong,
    }

    /// <summary>The final head; null until it has come.</summary>
    public HttpResponseHead? Head { get; private set; }

    /// <summary>The interim head that came last.</summary>
    public HttpResponseHead? InterimHead { get; private set; }

    /// <summary>The fields after a chunked body (RFC 9112 section 7.1.2).</summary>
    public RawHttpHeaders Trailers { get; private set; } = RawHttpHeaders.Empty;

    /// <summary>The chunks of the body, the first <see cref="ChunkReader.MostKept"/> of them.</summary>
    public IReadOnlyList<HttpChunk> Chunks => _chunks?.Chunks ?? [];

    /// <summary>How many chunks the body has.</summary>
    public long ChunkCount => _chunks?.Count ?? 0;

    /// <summary>What is not as the standard wants it.</summary>
    public HttpFinding[] Findings => _findings.Found;

    /// <summary>The length that the head promises, or null.</summary>
    public long? PromisedLength { get; private set; }

    /// <summary>How many of the next bytes are sure to be body and nothing else; 0 when that is unknown.</summary>
    public long PlainBodyAhead => _stage is Stage.Length or Stage.UntilClose ? _remaining : 0;

    /// <summary>Whether the end of the connection is the end of the body.</summary>
    public bool EndsWithConnection => _stage == Stage.UntilClose;

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

    /// <summary>The fields that have come whole of a head that is not complete, or has gone wrong. Nothing more is read after that.</summary>
    public RawHttpHeaders UnfinishedHeaders => Head is null && _status is not null ? _unfinishedHeaders ??= ReadUnfinished() : RawHttpHeaders.Empty;

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
            Stage.CutOff => ResponseStep.CutOff,
            _ => ResponseStep.Wrong,
        };
        if (step == ResponseStep.Body && Head!.StatusCode == ResetContent && !_hasResetBody)
        {
            _hasResetBody = true;
            _findings.Add(HttpRules.BodyWhereNoneMayBe, _position + BodyOffset - start, buffer, BodyOffset, 1);
        }
        _position += offset - start;
        return step;
    }

    /// <summary>Says that no more bytes will come.</summary>
    /// <param name="isCutOff">Whether the connection ended without TLS's word for it.</param>
    public ResponseStep Close(bool isCutOff = false)
    {
        switch (_stage)
        {
            case Stage.UntilClose when isCutOff:
                _findings.Add(HttpRules.MissingCloseNotify, _position, [], 0, 0);
                _stage = Stage.CutOff;
                return ResponseStep.CutOff;
            case Stage.Ended or Stage.UntilClose:
                _stage = Stage.Ended;
                return ResponseStep.End;
            case Stage.CutOff:
                return ResponseStep.CutOff;
            case Stage.Wrong:
                return ResponseStep.Wrong;
            case Stage.Head:
                NoteEmptyLines();
                return Fail(Reason.ConnectionClosed, _position, _lines.Length == 0 ? "closed the connection before it answered" : "closed the connection inside the head");
            case Stage.Length:
                _findings.Add(HttpRules.ShortBody, _position, [], 0, 0);
                return Fail(Reason.ConnectionClosed, _position, $"closed the connection {_remaining} bytes before the end of a body of {PromisedLength} bytes");
            case Stage.Trailers:
                _findings.Add(HttpRules.ShortBody, _position, [], 0, 0);
                return Fail(Reason.ConnectionClosed, _position, "closed the connection after the last chunk, before the end of the trailers");
            default:
                _findings.Add(HttpRules.ShortBody, _position, [], 0, 0);
                return Fail(Reason.ConnectionClosed, _position, "closed the connection before the last chunk of the body");
        }
    }

    /// <summary>Notes bytes that came after the end and answer no other request.</summary>
    public void NoteAfterEnd(byte[] bytes) =>
        _findings.Add(_hasNoBody ? HttpRules.BodyWhereNoneMayBe : HttpRules.DataAfterEnd, _position, bytes, 0, bytes.Length);

    private ResponseStep ReadHead(byte[] buffer, ref int offset, int end)
    {
        if (_lines.Length == 0 && !TrySkipEmptyLines(buffer, ref offset, end))
            return _emptyLines.Count >= _lines.Room ? FailFull() : ResponseStep.NeedMore;
        _lines.Take(buffer, ref offset, end);
        if (CheckStatusLine() is { } wrong)
            return wrong;
        if (!_lines.IsComplete && !_lines.HasTooManyLines)
            return _lines.IsFull ? FailFull() : ResponseStep.NeedMore;
        var text = Lines();
        if (!TryReadHeaders(text, _lines.FirstLineLength, out var headers))
            return ResponseStep.Wrong;
        var head = new HttpResponseHead(_status!.Value, headers, text);
        var notes = new HeadNotes(text, _linesStart, _findings);
        HeaderChecks.CheckHead(headers, notes);
        if (head.StatusCode is >= 100 and < 200 && _isForHttp10)
            notes.Add(HttpRules.InterimToHttp10);
        if (head.StatusCode is >= 100 and < 200 and not SwitchingProtocols)
            return StartNextHead(head, notes);
        if (HeaderChecks.LacksRequired(head))
            notes.Add(HttpRules.MissingRequiredHeader);
        if (_isForHttp10 && headers.Find(TransferCodings.HeaderName) is { } coding)
            notes.Add(HttpRules.TransferEncodingToHttp10, coding);
        if (head.StatusCode == SwitchingProtocols)
            HeaderChecks.CheckSwitch(headers, _askedProtocols, notes);
        return StartBody(head, notes);
    }

    // Line ends before the status line; false when there is nothing else yet.
    private bool TrySkipEmptyLines(byte[] buffer, ref int offset, int end)
    {
        while (offset < end && buffer[offset] is (byte)'\r' or (byte)'\n' && _emptyLines.Count < _lines.Room)
            _emptyLines.Add(buffer[offset++]);
        if (offset == end || _emptyLines.Count >= _lines.Room)
            return false;
        NoteEmptyLines();
        return true;
    }

    private void NoteEmptyLines()
    {
        if (_emptyLines.Count == 0)
            return;
        _findings.Add(HttpRules.LeadingEmptyLine, _linesStart, [.. _emptyLines], 0, _emptyLines.Count);
        _linesStart += _emptyLines.Count;
        _lines.Charge(_emptyLines.Count);
        _emptyLines.Clear();
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
            var end = _lines.FirstLineLength - 1;
            if (end > 0 && _lines.Bytes[end - 1] == '\r')
                end--;
            else
                _findings.Add(HttpRules.BareLineFeed, _linesStart + end, "\n", 0, 1);
            var line = _lines.GetText(end);
            if (StatusLine.TryParse(line, out var status, out wrongAt))
            {
                _status = status;
                status.Check(_linesStart, _findings);
                return null;
            }
        }
        // However the bytes are cut, the same ones are told.
        _findings.Add(HttpRules.InvalidStatusLine, _linesStart, _lines.Bytes, 0, wrongAt + (wrongAt < _lines.Length ? 1 : 0));
        return Fail(Reason.ProtocolViolation, _linesStart + wrongAt, "did not answer with an HTTP status line");
    }

    private ResponseStep StartNextHead(HttpResponseHead interim, HeadNotes notes)
    {
        BodyFraming.CheckInterim(interim, notes);
        InterimHead = interim;
        _status = null;
        _linesStart += _lines.Length;
        _lines.Clear();
        return ResponseStep.InterimHead;
    }

    private ResponseStep StartBody(HttpResponseHead head, HeadNotes notes)
    {
        Head = head;
        if (!BodyFraming.TryDecide(_method, head, notes, out var framing, out var wrong))
            return Fail(Reason.ProtocolViolation, _linesStart + wrong!.Offset, $"sent '{PrintableText.Excerpt(wrong.ToString())}', which leaves the length of the body unknown (RFC 9112 section 6.3)");
        switch (framing.Kind)
        {
            case BodyFraming.FramingKind.Chunked:
                _chunks = new ChunkReader(_findings, _limits.ExtensionBytes);
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
                _hasNoBody = true;
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
        switch (_chunks!.Next(buffer, ref offset, end, _position, out var count))
        {
            case ChunkReader.Step.Data:
                BodyFound(offset - count, count);
                return ResponseStep.Body;
            case ChunkReader.Step.LastChunk:
                _linesStart = _position + offset - start;
                _lines.Clear();
                _lines.MostLines = _limits.Headers;
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
        if (!_lines.IsComplete && !_lines.HasTooManyLines)
            return _lines.IsFull ? FailFull() : ResponseStep.NeedMore;
        var text = Lines();
        if (!TryReadHeaders(text, 0, out var trailers))
            return ResponseStep.Wrong;
        HeaderChecks.CheckTrailers(trailers, new HeadNotes(text, _linesStart, _findings));
        Trailers = trailers;
        _stage = Stage.Ended;
        return ResponseStep.End;
    }

    private void BodyFound(int offset, int count)
    {
        BodyOffset = offset;
        BodyCount = count;
    }

    // With an end, which they have not when there are too many.
    private string Lines() => _lines.IsComplete ? _lines.GetText(_lines.Length) : _lines.GetLines() + "\r\n";

    private RawHttpHeaders ReadUnfinished() => new HeaderLines(_lines.GetLines() + "\r\n", _linesStart, _findings, _limits.Headers).Read(_lines.FirstLineLength);

    private bool TryReadHeaders(string text, int start, out RawHttpHeaders headers)
    {
        var lines = new HeaderLines(text, _linesStart, _findings, _limits.Headers);
        headers = lines.Read(start);
        if (lines.Broken is null)
            return true;
        if (Head is null)
            _unfinishedHeaders = headers;
        var at = lines.BrokenAt;
        if (lines.Broken == HttpRules.TooManyHeaders)
        {
            Fail(Reason.LimitExceeded, _linesStart + at, $"sent more than {_limits.Headers} headers (-MaximumHeaders)");
            return false;
        }
        var line = text.Substring(at, text.IndexOf('\n', at) - at);
        if (line.EndsWith("\r", StringComparison.Ordinal))
            line = line.Substring(0, line.Length - 1);
        Fail(Reason.ProtocolViolation, _linesStart + at, $"sent '{PrintableText.Excerpt(line)}', which is not a header (RFC 9112 section 5)");
        return false;
    }

    private ResponseStep FailFull()
    {
        var (bytes, length) = _emptyLines.Count > 0 ? ([.. _emptyLines], _emptyLines.Count) : (_lines.Bytes, _lines.Length);
        _findings.Add(HttpRules.HeadTooLarge, _linesStart, bytes, 0, length);
        var end = _linesStart + length;
        NoteEmptyLines();
        return Fail(Reason.LimitExceeded, end, "sent more bytes of head or trailers than the limit allows (-MaximumHeadBytes)");
    }

    private ResponseStep Fail(Reason reason, long offset, string why)
    {
        Fault = new ResponseFault(reason, offset, why);
        _stage = Stage.Wrong;
        return ResponseStep.Wrong;
    }
}
