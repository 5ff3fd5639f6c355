using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Reads one response from a wire: its head, then its body as it is asked for.</summary>
internal sealed class ResponseReader
{
    private readonly HttpWire _wire;
    private readonly ResponseParser _parser;
    private readonly List<HttpResponseHead> _interim = [];
    private ResponseFault? _limitFault;
    private int _pieceOffset;
    private int _pieceCount;

    /// <param name="wire">Where it comes from.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="isForHttp10">Whether the request was one of HTTP/1.0.</param>
    /// <param name="askedProtocols">The protocols that the request asked to change to; null when that is unknown.</param>
    public ResponseReader(HttpWire wire, string method, HttpLimits limits, bool isForHttp10 = false, IReadOnlyList<string>? askedProtocols = null)
    {
        _wire = wire;
        _parser = new ResponseParser(method, limits, isForHttp10, askedProtocols);
        wire.Mark();
    }

    /// <summary>Everything that was found in the bytes.</summary>
    public ResponseParser Parsed => _parser;

    /// <summary>The heads of the interim responses.</summary>
    public HttpResponseHead[] Interim => [.. _interim];

    /// <summary>Whether the response came to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why it is not complete and never will be.</summary>
    public ResponseFault? Fault => _limitFault ?? _parser.Fault;

    /// <summary>The bytes that came of it.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>When its first byte came, as a time stamp; 0 until then.</summary>
    public long ArrivedAt => _wire.ArrivedAt;

    /// <summary>Reads to the end of the final head.</summary>
    /// <param name="onInterim">Told of every interim response.</param>
    /// <returns>Whether there is one; else <see cref="Fault"/> says why not.</returns>
    public bool TryReadHead(Action<HttpResponseHead>? onInterim = null)
    {
        while (true)
        {
            switch (Next())
            {
                case ResponseStep.InterimHead:
                    _interim.Add(_parser.InterimHead!);
                    onInterim?.Invoke(_parser.InterimHead!);
                    break;
                case ResponseStep.Head:
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>The next bytes of the body, free of the chunked coding.</summary>
    /// <returns>How many; 0 at its end, or at a fault.</returns>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_pieceCount == 0 && _wire.IsEmpty && count >= HttpWire.LeastRead && _parser.PlainBodyAhead > 0)
            return ReadPast(buffer, offset, count);
        if (_pieceCount == 0)
            TakePiece();
        var part = Math.Min(count, _pieceCount);
        Buffer.BlockCopy(_wire.Bytes, _pieceOffset, buffer, offset, part);
        _pieceOffset += part;
        _pieceCount -= part;
        return part;
    }

    /// <summary>Says that the body is larger than is allowed.</summary>
    public void StopAtLimit(long bytes) =>
        _limitFault = new ResponseFault(Reason.LimitExceeded, bytes, $"sent a body of more than {bytes} bytes (-MaximumBytes)");

    /// <summary>Says that a coding of the body cannot be undone.</summary>
    public void StopAtCoding(string why) => _limitFault = new ResponseFault(Reason.ProtocolViolation, BytesReceived, why);

    // Straight into the caller's array: a large body is not copied.
    private int ReadPast(byte[] buffer, int offset, int count)
    {
        var read = _wire.Read(buffer, offset, (int)Math.Min(count, _parser.PlainBodyAhead));
        BytesReceived += read;
        if (read == 0)
            IsComplete = _parser.Close(_wire.IsCutOff) == ResponseStep.End;
        else
            _parser.Next(buffer, ref offset, offset + read);
        return read;
    }

    private void TakePiece()
    {
        if (IsComplete || Fault is not null)
            return;
        switch (Next())
        {
            case ResponseStep.Body:
                _pieceOffset = _parser.BodyOffset;
                _pieceCount = _parser.BodyCount;
                break;
            case ResponseStep.End:
                IsComplete = true;
                break;
        }
    }

    private ResponseStep Next()
    {
        while (true)
        {
            var offset = _wire.Start;
            var step = _parser.Next(_wire.Bytes, ref offset, _wire.End);
            BytesReceived += offset - _wire.Start;
            _wire.Start = offset;
            if (step != ResponseStep.NeedMore)
                return step;
            if (_wire.Fill() == 0)
                return _parser.Close(_wire.IsCutOff);
        }
    }
}
