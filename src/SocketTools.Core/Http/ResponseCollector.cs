using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Puts together what the parser finds in one response, up to a number of bytes of body.</summary>
internal sealed class ResponseCollector
{
    private readonly ResponseParser _parser;
    private readonly int _maximumBytes;
    private readonly BodyBuffer _body = new();
    private readonly List<HttpResponseHead> _interim = [];
    private ResponseFault? _limitFault;

    /// <param name="method">The request's method.</param>
    /// <param name="maximumBytes">How many bytes of body to take.</param>
    public ResponseCollector(string method, int maximumBytes)
    {
        _parser = new ResponseParser(method);
        _maximumBytes = maximumBytes;
    }

    /// <summary>The bytes that came in all.</summary>
    public long BytesReceived { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>Why it is not complete and never will be.</summary>
    public ResponseFault? Fault => _limitFault ?? _parser.Fault;

    public HttpResponseHead? Head => _parser.Head;

    public RawHttpHeaders Trailers => _parser.Trailers;

    public HttpResponseHead[] Interim => [.. _interim];

    public string UnfinishedHead => _parser.UnfinishedHead;

    public StatusLine? UnfinishedStatus => _parser.UnfinishedStatus;

    public byte[] Body => _body.ToArray();

    /// <summary>Where the next bytes had best be put, which spares copying them; empty when anywhere is as good.</summary>
    public ArraySegment<byte> Room
    {
        get
        {
            var room = _body.Room;
            var count = Math.Min(Math.Min(room.Count, _maximumBytes - _body.Length), _parser.PlainBodyAhead);
            return new ArraySegment<byte>(room.Array!, room.Offset, (int)count);
        }
    }

    /// <summary>Takes the next bytes, and says whether more are wanted.</summary>
    public bool Take(byte[] buffer, int offset, int count)
    {
        BytesReceived += count;
        var end = offset + count;
        while (true)
        {
            switch (_parser.Next(buffer, ref offset, end))
            {
                case ResponseStep.NeedMore:
                    return true;
                case ResponseStep.InterimHead:
                    _interim.Add(_parser.InterimHead!);
                    break;
                case ResponseStep.Head:
                    break;
                case ResponseStep.Body when !TryAppend(buffer):
                    return false;
                case ResponseStep.Body:
                    break;
                case ResponseStep.End:
                    IsComplete = true;
                    return false;
                default:
                    return false;
            }
        }
    }

    /// <summary>Says that no more bytes will come.</summary>
    public void Close() => IsComplete = _parser.Close() == ResponseStep.End;

    private bool TryAppend(byte[] buffer)
    {
        var room = _maximumBytes - _body.Length;
        var promised = _parser.PromisedLength is { } length ? Math.Min(length, _maximumBytes) : (long?)null;
        _body.Append(buffer, _parser.BodyOffset, Math.Min(room, _parser.BodyCount), promised);
        if (_parser.BodyCount <= room)
            return true;
        _limitFault = new ResponseFault(Reason.LimitExceeded, _body.Length, $"sent a body of more than {_maximumBytes} bytes");
        return false;
    }
}
