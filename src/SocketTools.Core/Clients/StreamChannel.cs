using System;
using System.Diagnostics;
using System.IO;
using System.Net.Security;
using System.Threading;

namespace SocketTools;

/// <summary>A stream to a peer: messages come out of it by rules, and what is left over stays for the next.</summary>
internal sealed class StreamChannel
{
    private const int Block = 64 * 1024;

    private readonly object _sending = new();
    private readonly object _receiving = new();
    private readonly SocketStream _transport;
    private readonly Stream _stream;
    private readonly ReceiveBuffer _buffer = new();
    private readonly SocketTranscript? _transcript;
    private long _sent;
    private long _received;

    /// <param name="transport">The socket's stream, which has the limits.</param>
    /// <param name="stream">What is read and written: the same, or TLS over it.</param>
    /// <param name="transcript">What keeps a copy of all, or null.</param>
    public StreamChannel(SocketStream transport, Stream stream, SocketTranscript? transcript)
    {
        _transport = transport;
        _stream = stream;
        _transcript = transcript;
    }

    /// <summary>Told of all that comes and goes, when somebody wants to know.</summary>
    public Action<TranscriptDirection, byte[], int, int>? Noted { get; set; }

    /// <summary>How many bytes were sent.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>How many bytes have come, taken or not.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>Whether the peer has said all.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>When something last came after a call had begun, as a time stamp of <see cref="Stopwatch"/>: its first byte; 0 when
    /// all was there before.</summary>
    public long FirstByteAt { get; private set; }

    /// <summary>What has come and was not taken.</summary>
    public byte[] Waiting
    {
        get
        {
            lock (_receiving)
                return _buffer.Copy(_buffer.Count);
        }
    }

    /// <summary>Sends all of it.</summary>
    /// <exception cref="IOException">It failed; <see cref="BytesSent"/> says how far it came.</exception>
    public void Send(byte[] bytes, int offset, int count, WaitLimit limit)
    {
        lock (_sending)
        {
            _transport.WriteLimit = limit;
            for (var end = offset + count; offset < end; offset += Block)
                SendBlock(bytes, offset, Math.Min(Block, end - offset));
        }
    }

    /// <summary>The next message.</summary>
    /// <param name="rule">When it is whole.</param>
    /// <param name="maximumBytes">How large it may be.</param>
    /// <param name="limit">How long it may take.</param>
    public ReceivedMessage Receive(ReceiveRule rule, int maximumBytes, WaitLimit limit)
    {
        lock (_receiving)
        {
            _transport.ReadLimit = limit;
            FirstByteAt = 0;
            while (true)
            {
                var mayRest = rule.IsDear && (HasEnded || IsSecure || !_transport.HasNews());
                var end = rule.EndIn(_buffer.Bytes, _buffer.Start, _buffer.Count, mayRest);
                if (end > maximumBytes && rule.Kind == ReceiveEnd.Available)
                    end = maximumBytes;
                if (end > maximumBytes || (end < 0 && _buffer.Count >= maximumBytes))
                    return new ReceivedMessage(null, ReceiveEnd.LimitExceeded);
                if (end >= 0)
                    return Take(end, rule.MarkIn(_buffer.Bytes, _buffer.Start, end), rule.Kind);
                if (HasEnded)
                    return rule.TakesEnd || _buffer.Count == 0 ? Take(_buffer.Count, 0, ReceiveEnd.PeerClosed) : new ReceivedMessage(null, ReceiveEnd.PeerClosed);
                Fill(rule.Wants(_buffer.Count));
            }
        }
    }

    /// <summary>Whatever is there now, without waiting for more than what the network has brought.</summary>
    public ReceivedMessage ReceiveAvailable(int maximumBytes, WaitLimit limit)
    {
        lock (_receiving)
        {
            _transport.ReadLimit = IsSecure ? WaitLimit.None : limit;
            while (_buffer.Count < maximumBytes && !HasEnded && (IsSecure || _transport.HasNews()) && TryFill())
            {
            }
            return Take(Math.Min(_buffer.Count, maximumBytes), 0, HasEnded ? ReceiveEnd.PeerClosed : ReceiveEnd.Available);
        }
    }

    /// <summary>Reads what comes next into an array of the caller's, past the buffer when that is empty.</summary>
    /// <returns>How many bytes; 0 when the peer has said all.</returns>
    public int Read(byte[] bytes, WaitLimit limit)
    {
        lock (_receiving)
        {
            var count = Math.Min(bytes.Length, _buffer.Count);
            if (count == 0)
            {
                _transport.ReadLimit = limit;
                return HasEnded ? 0 : Note(_stream.Read(bytes, 0, bytes.Length), bytes, 0);
            }
            Buffer.BlockCopy(_buffer.Bytes, _buffer.Start, bytes, 0, count);
            _buffer.Remove(count);
            return count;
        }
    }

    /// <summary>Puts bytes that came before where they are received from next.</summary>
    public void PutBack(byte[] bytes)
    {
        lock (_receiving)
        {
            var at = _buffer.Reserve(bytes.Length);
            Buffer.BlockCopy(bytes, 0, _buffer.Bytes, at, bytes.Length);
            _buffer.Added(bytes.Length);
            Interlocked.Add(ref _received, bytes.Length);
        }
    }

    /// <summary>Tells the peer within TLS that this side has said all.</summary>
    public void Finish(SslStream tls, WaitLimit limit)
    {
        lock (_sending)
        {
            _transport.WriteLimit = limit;
            TlsHandshake.EndSending(tls);
        }
    }

    // What has come to the socket may be words of TLS itself, and what TLS has unwrapped is no more at the socket.
    private bool IsSecure => !ReferenceEquals(_stream, _transport);

    private bool TryFill()
    {
        try
        {
            Fill(1);
            return true;
        }
        catch (Exception error) when (error is TimeoutException || error.InnerException is TimeoutException)
        {
            return false;
        }
    }

    private void SendBlock(byte[] bytes, int offset, int count)
    {
        var before = _transport.BytesWritten;
        var written = 0L;
        try
        {
            _stream.Write(bytes, offset, count);
            written = count;
        }
        finally
        {
            // Of a block that TLS has wrapped, nobody can say what part of it went.
            if (written == 0 && !IsSecure)
                written = _transport.BytesWritten - before;
            Interlocked.Add(ref _sent, written);
            _transcript?.Add(TranscriptDirection.Sent, bytes, offset, (int)written);
            Noted?.Invoke(TranscriptDirection.Sent, bytes, offset, (int)written);
        }
    }

    private ReceivedMessage Take(int length, int mark, ReceiveEnd end)
    {
        var message = _buffer.Copy(length - mark);
        _buffer.Remove(length);
        return new ReceivedMessage(message, end, EndsText: mark > 0 || end == ReceiveEnd.PeerClosed);
    }

    private void Fill(int atLeast)
    {
        var at = _buffer.Reserve(atLeast);
        _buffer.Added(Note(_stream.Read(_buffer.Bytes, at, _buffer.Bytes.Length - at), _buffer.Bytes, at));
    }

    private int Note(int count, byte[] bytes, int offset)
    {
        HasEnded |= count == 0;
        if (FirstByteAt == 0)
            FirstByteAt = Stopwatch.GetTimestamp();
        Interlocked.Add(ref _received, count);
        _transcript?.Add(TranscriptDirection.Received, bytes, offset, count);
        Noted?.Invoke(TranscriptDirection.Received, bytes, offset, count);
        return count;
    }
}
