using System;
using System.Globalization;

namespace SocketTools;

/// <summary>A request on its way: its bytes, and how far they have come.</summary>
internal sealed class OutgoingRequest
{
    /// <summary>How many bytes of a request whose body comes from a file or a stream are kept.</summary>
    public const int MostKept = 16 * 1024 * 1024;

    private static readonly byte[] LineEnd = [(byte)'\r', (byte)'\n'];

    private readonly RawHttpRequest _request;
    private readonly object _noting = new();
    private byte[]? _kept;
    private int _keptLength;
    private long _sent;

    /// <exception cref="FormatException">The request cannot be written.</exception>
    public OutgoingRequest(RawHttpRequest request)
    {
        _request = request;
        Head = request.HeadBytes();
        Gate = request.WaitsForContinue ? new BodyGate() : null;
        if (request is { Raw: null, Body: { Bytes: null } body } && !(body.Length > MostKept - Head.Length))
            _kept = new byte[(body.Length ?? 0) + Head.Length];
    }

    public byte[] Head { get; }

    /// <summary>Whether all of it is in memory, to be sent without waiting for the server to ask.</summary>
    public bool IsPlain => Gate is null && (_request.Raw is not null || _request.Body is null or { Bytes: not null });

    /// <summary>What the body waits at until the server has asked for it; null when it does not wait.</summary>
    public BodyGate? Gate { get; }

    /// <summary>Whether a body follows the head.</summary>
    public bool HasBody => _request is { Raw: null, Body: not null };

    /// <summary>How many bytes it has in memory.</summary>
    public long LengthInMemory => Head.Length + (BodyInMemory?.Length ?? 0);

    /// <summary>When sending began, as a time stamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>When all was sent, as a time stamp; 0 until then.</summary>
    public long SentAt { get; set; }

    /// <summary>Notes bytes that go to the system, in their order.</summary>
    public void Note(byte[] bytes, int offset, int count)
    {
        lock (_noting)
        {
            _sent += count;
            if (_kept is null)
                return;
            if (_keptLength + count > MostKept)
            {
                _kept = null;
                _keptLength = 0;
                return;
            }
            if (_keptLength + count > _kept.Length)
                Array.Resize(ref _kept, Math.Min(MostKept, Math.Max(_keptLength + count, 2 * _kept.Length)));
            Buffer.BlockCopy(bytes, offset, _kept, _keptLength, count);
            _keptLength += count;
        }
    }

    /// <summary>Notes that the last of them did not go.</summary>
    public void TakeBack(int count)
    {
        lock (_noting)
        {
            _sent -= count;
            _keptLength = Math.Max(0, _keptLength - count);
        }
    }

    /// <summary>The bytes that went to the system, and how many they were: more when the body, from a file or a stream, is too long to
    /// be kept, and the bytes are those of the head.</summary>
    public (byte[] Bytes, long Count) Sent()
    {
        lock (_noting)
        {
            if (_keptLength == 0)
                return (Sent(Head, BodyInMemory ?? []), _sent);
            var bytes = new byte[_keptLength];
            Buffer.BlockCopy(_kept!, 0, bytes, 0, _keptLength);
            return (bytes, _sent);
        }
    }

    private byte[] Sent(byte[] head, byte[] body)
    {
        if (_sent == head.Length)
            return head;
        var all = new byte[Math.Min(_sent, head.Length + body.Length)];
        var ofHead = Math.Min(all.Length, head.Length);
        Buffer.BlockCopy(head, 0, all, 0, ofHead);
        Buffer.BlockCopy(body, 0, all, ofHead, all.Length - ofHead);
        return all;
    }

    private byte[]? BodyInMemory => _request.Raw is null ? _request.Body?.Bytes : null;

    /// <summary>Gives the body, of a request that has one, to a writer as it is sent.</summary>
    public void WriteBody(Action<byte[], int> write)
    {
        var body = _request.Body!;
        if (!_request.SendsChunks)
        {
            body.Read(write);
            return;
        }
        body.Read((block, count) =>
        {
            var size = HttpSyntax.Latin1.GetBytes(count.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
            write(size, size.Length);
            write(block, count);
            write(LineEnd, LineEnd.Length);
        });
        write(HttpSyntax.Latin1.GetBytes("0\r\n\r\n"), 5);
    }
}
