using System;
using System.Globalization;

namespace SocketTools;

/// <summary>A request on its way: its bytes, and how far they have come.</summary>
internal sealed class OutgoingRequest
{
    private static readonly byte[] LineEnd = [(byte)'\r', (byte)'\n'];

    private readonly RawHttpRequest _request;
    private volatile bool _hasBody;

    /// <exception cref="FormatException">The request cannot be written.</exception>
    public OutgoingRequest(RawHttpRequest request)
    {
        _request = request;
        Head = request.HeadBytes();
    }

    public byte[] Head { get; }

    /// <summary>Whether all of it is in memory, to be sent without waiting for the server to ask.</summary>
    public bool IsPlain => !WaitsForContinue && (_request.Raw is not null || _request.Body is null or { Bytes: not null });

    public bool WaitsForContinue => _request.WaitsForContinue;

    /// <summary>How many bytes it has in memory.</summary>
    public long LengthInMemory => Head.Length + (BodyInMemory?.Length ?? 0);

    /// <summary>When sending began, as a time stamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>When all was sent, as a time stamp; 0 until then.</summary>
    public long SentAt { get; set; }

    /// <summary>How many bytes were handed to the system.</summary>
    public long BytesSent { get; set; }

    /// <summary>The bytes sent: all that were in memory; of a body from a file or a stream, its head.</summary>
    public byte[] Bytes
    {
        get
        {
            if (BodyInMemory is not { Length: > 0 } body || !_hasBody)
                return Head;
            var all = new byte[Head.Length + body.Length];
            Buffer.BlockCopy(Head, 0, all, 0, Head.Length);
            Buffer.BlockCopy(body, 0, all, Head.Length, body.Length);
            return all;
        }
    }

    private byte[]? BodyInMemory => _request.Raw is null ? _request.Body?.Bytes : null;

    /// <summary>Gives the body, as it is sent, to a writer.</summary>
    public void WriteBody(Action<byte[], int> write)
    {
        if (_request.Raw is not null || _request.Body is not { } body)
            return;
        _hasBody = true;
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
