using System;
using System.Diagnostics;
using System.Net;
using System.Threading;

namespace SocketTools;

/// <summary>A connection of a server, as it is now or as it ended. Over UDP, all that one end point sent is one.</summary>
public sealed class ServerConnection
{
    private const int FirstBytesKept = 64;

    private static int _lastId;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly EndPoint? _client;
    private byte[] _firstBytes = [];
    private long _received;
    private long _sent;
    private long _end;

    internal ServerConnection(EndPoint? client, int serverPort, TransportProtocol? protocol, SocketTranscript? transcript)
    {
        _client = client;
        Id = Interlocked.Increment(ref _lastId);
        ServerPort = serverPort;
        Protocol = protocol;
        Transcript = transcript;
        ConnectedAt = DateTime.UtcNow;
    }

    /// <summary>Its number in this process.</summary>
    public int Id { get; }

    /// <summary>The client's address, as text; empty for a Unix socket.</summary>
    public string ComputerName => _client is IPEndPoint client ? Plain(client.Address).ToString() : "";

    /// <summary>The client's port; 0 for a Unix socket.</summary>
    public int Port => (_client as IPEndPoint)?.Port ?? 0;

    /// <summary>The server's port; 0 for a Unix socket.</summary>
    public int ServerPort { get; }

    /// <summary>The transport protocol; null for a Unix socket.</summary>
    public TransportProtocol? Protocol { get; }

    /// <summary>The version of TLS, such as <c>Tls13</c>; null without TLS.</summary>
    public string? TlsProtocol { get; internal set; }

    /// <summary>Why it ended; Open when it has not.</summary>
    public ServerConnectionEnd End { get; private set; }

    /// <summary>What went wrong, in words; null when nothing did.</summary>
    public string? ErrorMessage { get; private set; }

    /// <summary>When it was accepted, in UTC.</summary>
    public DateTime ConnectedAt { get; }

    /// <summary>When it ended, in UTC; null while it is open.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>How long it lasted, or has lasted so far, in milliseconds.</summary>
    public double DurationMs => ((_end == 0 ? Stopwatch.GetTimestamp() : _end) - _start) * 1000.0 / Stopwatch.Frequency;

    /// <summary>How many bytes the client has sent, inside TLS.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>How many bytes were sent to the client, inside TLS.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>The first bytes that came in one piece, 64 at most.</summary>
    public byte[] FirstBytes => _firstBytes;

    /// <summary>The first bytes as text, with escapes for what a terminal cannot show.</summary>
    public string FirstText => PrintableText.Of(_firstBytes);

    /// <summary>What went both ways, when that is kept; else null.</summary>
    public SocketTranscript? Transcript { get; }

    /// <summary>The computer that the server runs on.</summary>
    public string Source { get; } = ThisComputer.Name;

    /// <summary>Client, bytes, and why it ended.</summary>
    public override string ToString() => $"#{Id} {(_client is IPEndPoint ? HostTarget.Join(ComputerName, Port) : "unix")} {BytesReceived}/{BytesSent} bytes ({End})";

    internal void Received(byte[] bytes, int offset, int count)
    {
        CountReceived(bytes, offset, count);
        Transcript?.Add(TranscriptDirection.Received, bytes, offset, count);
    }

    /// <summary>Notes bytes that came and of which another keeps the transcript.</summary>
    internal void CountReceived(byte[] bytes, int offset, int count)
    {
        if (_received == 0 && count > 0)
        {
            var first = new byte[Math.Min(count, FirstBytesKept)];
            Buffer.BlockCopy(bytes, offset, first, 0, first.Length);
            _firstBytes = first;
        }
        Interlocked.Add(ref _received, count);
    }

    internal void CountSent(int count) => Interlocked.Add(ref _sent, count);

    /// <summary>Notes that it has ended; the first end counts.</summary>
    internal bool Close(ServerConnectionEnd end, string? error)
    {
        if (Interlocked.CompareExchange(ref _end, Stopwatch.GetTimestamp(), 0) != 0)
            return false;
        ErrorMessage = error;
        EndedAt = DateTime.UtcNow;
        End = end;
        return true;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
