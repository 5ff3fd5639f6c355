using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace SocketTools;

/// <summary>Reads requests (RFC 9112), one after the other, and gives each its answer.</summary>
internal sealed class HttpConversation : Conversation
{
    private const int LongestHead = 64 * 1024;
    private const int LongestBody = 16 * 1024 * 1024;
    private static readonly byte[] GoOn = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");

    private readonly Func<HttpCall, HttpAnswer> _answer;
    private MemoryStream? _head;
    private MemoryStream? _body;
    private HttpCall? _call;
    private ChunkReader? _chunks;
    private long _left;
    private int _newLines;

    public HttpConversation(Func<HttpCall, HttpAnswer> answer) => _answer = answer;

    public override int Receive(byte[] bytes, int offset, int count, IReplySink reply)
    {
        if (_call is null)
            return ReadHead(bytes, offset, count, reply);
        return _chunks is null ? ReadBody(bytes, offset, count, reply) : ReadChunks(bytes, offset, count, reply);
    }

    private int ReadHead(byte[] bytes, int offset, int count, IReplySink reply)
    {
        _head ??= new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            var b = bytes[offset + i];
            if (_head.Length == 0 && b is (byte)'\r' or (byte)'\n')
                continue; // Empty lines before a request are none of it (RFC 9112 section 2.2).
            _head.WriteByte(b);
            _newLines = b == '\n' ? _newLines + 1 : b == '\r' ? _newLines : 0;
            if (_newLines == 2)
            {
                Begin(reply);
                return i + 1;
            }
            if (_head.Length < LongestHead)
                continue;
            Refuse(431, reply);
            return count;
        }
        return count;
    }

    private void Begin(IReplySink reply)
    {
        _call = HttpCall.Parse(Encoding.UTF8.GetString(_head!.GetBuffer(), 0, (int)_head.Length));
        _head = null;
        _newLines = 0;
        if (_call is null)
        {
            Refuse(400, reply);
            return;
        }
        _chunks = _call["Transfer-Encoding"] is null ? null : new ChunkReader(new FindingLog(), HttpLimits.DefaultExtensionBytes);
        _left = 0;
        if (_chunks is null && _call["Content-Length"] is { } length && (!long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _left) || _left > LongestBody))
            Refuse(_left > LongestBody ? 413 : 400, reply);
        else if (_chunks is null && _left == 0)
            Answer(reply);
        else if (string.Equals(_call["Expect"], "100-continue", StringComparison.OrdinalIgnoreCase))
            reply.Send(GoOn, 0, GoOn.Length);
    }

    private int ReadBody(byte[] bytes, int offset, int count, IReplySink reply)
    {
        var taken = (int)Math.Min(count, _left);
        (_body ??= new MemoryStream()).Write(bytes, offset, taken);
        _left -= taken;
        if (_left == 0)
            Answer(reply);
        return taken;
    }

    // The trailers, which nothing is done with, end like a head: with an empty line (RFC 9112 section 7.1.2).
    private int ReadChunks(byte[] bytes, int offset, int count, IReplySink reply)
    {
        _body ??= new MemoryStream();
        var at = offset;
        while (_left == 0)
        {
            switch (_chunks!.Next(bytes, ref at, offset + count, 0, out var dataCount))
            {
                case ChunkReader.Step.NeedMore:
                    return count;
                case ChunkReader.Step.Wrong:
                    Refuse(400, reply);
                    return count;
                case ChunkReader.Step.LastChunk:
                    _left = 1;
                    _newLines = 1;
                    break;
                default:
                    _body.Write(bytes, at - dataCount, dataCount);
                    if (_body.Length <= LongestBody)
                        break;
                    Refuse(413, reply);
                    return count;
            }
        }
        while (at < offset + count)
        {
            var b = bytes[at++];
            _newLines = b == '\n' ? _newLines + 1 : b == '\r' ? _newLines : 0;
            if (_newLines < 2)
                continue;
            _newLines = 0;
            Answer(reply);
            break;
        }
        return at - offset;
    }

    private void Answer(IReplySink reply)
    {
        var call = _call! with { Body = _body?.ToArray() ?? [] };
        (_call, _body, _chunks, _left) = (null, null, null, 0);
        var answer = _answer(call);
        Send(answer, call.Method == "HEAD", ends: !call.KeepsConnection, reply);
    }

    private void Refuse(int status, IReplySink reply)
    {
        (_call, _head, _body) = (null, null, null);
        Send(HttpAnswer.Text("", status), isHead: false, ends: true, reply);
    }

    private static void Send(HttpAnswer answer, bool isHead, bool ends, IReplySink reply)
    {
        var bytes = answer.ToBytes(isHead, ends);
        reply.Send(bytes, 0, bytes.Length);
        if (ends)
            reply.End();
    }
}
