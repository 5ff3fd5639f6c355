using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>A connection to who answers, and how long each step to it took.</summary>
internal sealed class HttpLink : IDisposable
{
    private const int TimeToEnd = 100;

    private readonly Socket _socket;
    private readonly EndPoint? _peer;
    private bool _isDetached;

    public HttpLink(Socket socket, EndPoint? peer, SocketStream transport, SslStream? tls)
    {
        _socket = socket;
        _peer = peer;
        Transport = transport;
        Tls = tls;
    }

    /// <summary>The socket's stream, which has the limits.</summary>
    public SocketStream Transport { get; }

    /// <summary>TLS over it, or null.</summary>
    public SslStream? Tls { get; }

    /// <summary>What the handshake showed; null without TLS.</summary>
    public TlsSession? TlsSession { get; init; }

    /// <summary>Whether the peer's bytes have ended without TLS's word for it (RFC 8446 section 6.1), which is not read past.</summary>
    public bool IsCutOff => Tls is not null && Transport.HasEnded;

    /// <summary>What requests and answers go through.</summary>
    public Stream Stream => (Stream?)Tls ?? Transport;

    /// <summary>The address at the other end, or the path.</summary>
    public string Address => (_peer as IPEndPoint)?.Address.ToString() ?? _peer?.ToString() ?? "";

    /// <summary>The steps so far.</summary>
    public HttpTiming Timing { get; init; } = HttpTiming.None;

    /// <summary>Closes it under those who wait for it.</summary>
    public void Abort() => _socket.Dispose();

    /// <summary>Makes an open connection of it, which the caller owns; what came and was not taken stays to be received.</summary>
    public SocketConnection Detach(Uri uri, byte[] rest, RawHttpOptions options)
    {
        _isDetached = true;
        var connection = new SocketConnection(_socket, Transport, Tls, null, _peer)
        {
            ComputerName = HttpUrl.HostOf(uri),
            Port = uri.Port,
            ConnectMs = (Timing.ResolveMs ?? 0) + (Timing.ConnectMs ?? 0) + (Timing.ProxyMs ?? 0) + (Timing.TlsMs ?? 0),
            TimeoutMilliseconds = options.TimeoutMilliseconds,
            TlsSession = TlsSession,
        };
        connection.PutBack(rest);
        return connection;
    }

    public void Dispose()
    {
        if (_isDetached)
            return;
        if (Tls is not null)
            EndTls(Tls);
        _socket.Dispose();
    }

    // The peer is told that nothing was cut off (RFC 9112 section 9.8), unless it takes nothing.
    private void EndTls(SslStream tls)
    {
        try
        {
            Transport.WriteLimit = new WaitLimit(TimeToEnd, CancellationToken.None);
            TlsHandshake.EndSending(tls);
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            // It is gone, has failed, or still has to take what was sent before: it is closed all the same.
        }
        tls.Dispose();
    }
}
