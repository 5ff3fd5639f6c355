using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace SocketTools;

/// <summary>A connected socket, or a UDP socket that sends to and receives from anyone.</summary>
public sealed class SocketConnection : IDisposable
{
    private const int BlockBytes = 256 * 1024;

    private static int _lastId;

    private readonly Socket _socket;
    private readonly SslStream? _tls;
    private readonly StreamChannel? _stream;
    private readonly DatagramChannel? _datagrams;
    private readonly CharacterFlow _text = new();
    private string? _name;
    private int _timeout = ConnectOptions.DefaultTimeoutMilliseconds;
    private int _closed;
    private volatile bool _hasSaidAll;
    private volatile bool _hasFailed;

    /// <param name="socket">The socket, which is the connection's own from now on.</param>
    /// <param name="transport">Its stream; null for datagrams.</param>
    /// <param name="tls">TLS over that stream, or null.</param>
    /// <param name="transcript">What keeps a copy of what goes both ways, or null.</param>
    /// <param name="peer">The other end, when the runtime does not know it.</param>
    internal SocketConnection(Socket socket, SocketStream? transport, SslStream? tls, SocketTranscript? transcript, EndPoint? peer = null)
    {
        peer ??= socket.Connected ? socket.RemoteEndPoint : null;
        _socket = socket;
        _tls = tls;
        Transcript = transcript;
        if (transport is null)
            _datagrams = new DatagramChannel(socket, peer is not null, transcript);
        else
            _stream = new StreamChannel(transport, tls ?? (Stream)transport, transcript);
        Id = Interlocked.Increment(ref _lastId);
        ConnectedAt = LastActivity = DateTime.UtcNow;
        Source = ThisComputer.Name;
        LocalEndPoint = TextOf(peer is IPEndPoint ? BlockingConnect.LocalEndPointOf(socket) : socket.LocalEndPoint);
        RemoteEndPoint = TextOf(peer);
        Address = (peer as IPEndPoint)?.Address.ToString() ?? "";
        ComputerName = Address;
        Port = (peer as IPEndPoint)?.Port ?? 0;
        Family = socket.AddressFamily switch
        {
            System.Net.Sockets.AddressFamily.InterNetwork => SocketFamily.IPv4,
            System.Net.Sockets.AddressFamily.InterNetworkV6 => SocketFamily.IPv6,
            _ => SocketFamily.Unix,
        };
        Kind = transport is null ? SocketKind.Datagram : SocketKind.Stream;
        Protocol = Family == SocketFamily.Unix ? null : transport is null ? TransportProtocol.Udp : TransportProtocol.Tcp;
        TlsProtocol = tls?.SslProtocol.ToString();
        ApplicationProtocol = tls is null ? null : TlsHandshake.ProtocolOf(tls);
    }

    /// <summary>Its number in this process.</summary>
    public int Id { get; }

    /// <summary>The host that was asked for; the peer's address when none was.</summary>
    public string ComputerName { get; internal init; }

    /// <summary>The peer's address, as text; the proxy's when there is one. Empty without a peer and for a Unix socket.</summary>
    public string Address { get; }

    /// <summary>The peer's port; 0 without a peer and for a Unix socket.</summary>
    public int Port { get; internal init; }

    /// <summary>This side's end point: <c>address:port</c>, or a path.</summary>
    public string? LocalEndPoint { get; }

    /// <summary>The peer's end point: <c>address:port</c>, or a path; null without a peer.</summary>
    public string? RemoteEndPoint { get; }

    /// <summary>The kind of its addresses.</summary>
    public SocketFamily Family { get; }

    /// <summary>What it carries.</summary>
    public SocketKind Kind { get; }

    /// <summary>The transport protocol; null for a Unix socket.</summary>
    public TransportProtocol? Protocol { get; }

    /// <summary>What can still be done with it.</summary>
    public ConnectionState State =>
        Volatile.Read(ref _closed) != 0 ? ConnectionState.Closed :
        _hasFailed ? ConnectionState.Failed :
        _stream is { HasEnded: true } ? ConnectionState.PeerClosed :
        _hasSaidAll ? ConnectionState.SendClosed : ConnectionState.Open;

    /// <summary>Whether TLS protects it.</summary>
    public bool IsSecure => _tls is not null;

    /// <summary>The version of TLS, such as <c>Tls13</c>; null without TLS.</summary>
    public string? TlsProtocol { get; }

    /// <summary>The protocol that both sides chose (ALPN); null when there is none.</summary>
    public string? ApplicationProtocol { get; }

    /// <summary>How many bytes were sent, before TLS.</summary>
    public long BytesSent => _stream?.BytesSent ?? _datagrams!.BytesSent;

    /// <summary>How many bytes have come, after TLS, taken or not.</summary>
    public long BytesReceived => _stream?.BytesReceived ?? _datagrams!.BytesReceived;

    /// <summary>When it was opened, in UTC.</summary>
    public DateTime ConnectedAt { get; }

    /// <summary>When something was last sent or received, in UTC.</summary>
    public DateTime LastActivity { get; private set; }

    /// <summary>How long it took to open, in milliseconds: name, connection, proxy and TLS.</summary>
    public double ConnectMs { get; internal init; }

    /// <summary>How long sending or receiving may take unless the call says otherwise, in milliseconds (Python's
    /// <c>settimeout</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int TimeoutMilliseconds
    {
        get => _timeout;
        set => _timeout = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time-out is at least 1 millisecond.");
    }

    /// <summary>What went both ways, when that is kept; else null.</summary>
    public SocketTranscript? Transcript { get; }

    /// <summary>The computer that this side is on.</summary>
    public string Source { get; }

    /// <summary>The end point as it was asked for, for people and errors.</summary>
    internal string EndPoint => Port != 0 ? HostTarget.Join(ComputerName, Port) : RemoteEndPoint ?? LocalEndPoint ?? "";

    /// <summary>What the TLS handshake showed; null without TLS.</summary>
    internal TlsSession? TlsSession { get; init; }

    /// <summary>Told of all that comes and goes over a stream.</summary>
    internal Action<TranscriptDirection, byte[], int, int>? Noted
    {
        init => _stream!.Noted = value;
    }

    internal long FirstByteAt => _stream?.FirstByteAt ?? 0;

    internal bool IsDatagram => _datagrams is not null;

    /// <summary>Its address family, for names to be sent to.</summary>
    internal AddressFamily AddressFamily => _socket.AddressFamily;

    /// <summary>Closes it: says that this side has said all, and closes.</summary>
    public void Dispose() => Close(CloseManner.Graceful);

    /// <summary>Number, end point and state.</summary>
    /// <remarks>PowerShell asks for it each time that a parameter takes the connection.</remarks>
    public override string ToString() => string.Concat(_name ??= $"#{Id} {EndPoint} (", State.ToString(), ")");

    /// <summary>Sends all of it; as one datagram over UDP.</summary>
    /// <param name="bytes">The array with what is sent.</param>
    /// <param name="count">How many of its bytes, from the first.</param>
    /// <param name="to">Where a datagram goes; the peer when null.</param>
    /// <param name="limit">How long it may take.</param>
    /// <exception cref="SocketToolsException">It failed; the message says how much went, and so does PartialResult, as a number of bytes.</exception>
    internal void Send(byte[] bytes, int count, EndPoint? to, WaitLimit limit)
    {
        var before = BytesSent;
        try
        {
            if (_stream is not null)
                _stream.Send(bytes, 0, count, limit);
            else
                _datagrams!.Send(bytes, count, to, limit);
            LastActivity = DateTime.UtcNow;
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            var sent = BytesSent - before;
            // The peer cannot read on after half a TLS record.
            _hasFailed |= IsSecure || IsLost(error);
            var fault = ConnectionFault.Of(error, EndPoint, "while sending", limit.Milliseconds, $"{sent} of {count} bytes went.");
            fault.PartialResult = sent;
            throw fault;
        }
    }

    /// <summary>Sends all of a stream; each block of it may take as long as the limit says, and over UDP is a datagram.</summary>
    /// <exception cref="SocketToolsException">It failed; PartialResult is the number of bytes that went in all.</exception>
    internal void SendAll(Stream content, EndPoint? to, Func<WaitLimit> limit)
    {
        var before = BytesSent;
        var block = new byte[BlockBytes];
        int count;
        try
        {
            while ((count = content.Read(block, 0, block.Length)) > 0)
                Send(block, count, to, limit());
        }
        catch (SocketToolsException error)
        {
            error.PartialResult = BytesSent - before;
            throw;
        }
    }

    /// <summary>Receives everything, in pieces of an array that is used again; each may take as long as the limit says.</summary>
    internal void ReadToEnd(Func<WaitLimit> limit, Action<byte[], int> take)
    {
        var block = new byte[BlockBytes];
        int count;
        while ((count = Read(block, limit())) > 0)
            take(block, count);
    }

    /// <summary>The next message.</summary>
    /// <param name="rule">When it is whole.</param>
    /// <param name="maximumBytes">How large it may be.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Its bytes, none when the peer had said all before; and why it ended.</returns>
    /// <exception cref="SocketToolsException">It is not whole; what came stays for the next call, with a copy in PartialResult as bytes.</exception>
    internal ReceivedMessage Receive(ReceiveRule rule, int maximumBytes, WaitLimit limit)
    {
        try
        {
            var message = Channel.Receive(rule, maximumBytes, limit);
            LastActivity = DateTime.UtcNow;
            return message.Bytes is null ? throw NotWhole(message.End, maximumBytes) : message;
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw ReceiveFault(error, limit);
        }
    }

    /// <summary>What is there now.</summary>
    /// <inheritdoc cref="Receive"/>
    internal ReceivedMessage ReceiveAvailable(int maximumBytes, WaitLimit limit)
    {
        try
        {
            var message = Channel.ReceiveAvailable(maximumBytes, limit);
            if (message.Bytes!.Length > 0)
                LastActivity = DateTime.UtcNow;
            return message;
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw ReceiveFault(error, limit);
        }
    }

    /// <summary>What comes next, into an array.</summary>
    /// <returns>How many bytes; 0 when the peer has said all.</returns>
    internal int Read(byte[] bytes, WaitLimit limit)
    {
        try
        {
            var count = Channel.Read(bytes, limit);
            LastActivity = DateTime.UtcNow;
            return count;
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw ReceiveFault(error, limit);
        }
    }

    /// <summary>The next datagram; null when none is there and it is not to be waited for.</summary>
    internal SocketDatagram? ReceiveDatagram(Encoding encoding, bool waits, WaitLimit limit)
    {
        try
        {
            if (_datagrams!.Receive(limit, waits) is not { } datagram)
                return null;
            LastActivity = DateTime.UtcNow;
            return new SocketDatagram(datagram.Sender?.Address.ToString() ?? "", datagram.Sender?.Port ?? 0, datagram.Bytes, encoding);
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw ConnectionFault.Of(error, EndPoint, "while receiving", limit.Milliseconds, "Nothing had come.");
        }
    }

    /// <summary>Puts bytes that came before where they are received from next.</summary>
    internal void PutBack(byte[] bytes) => Channel.PutBack(bytes);

    /// <summary>The text of a message; a character that it breaks off comes with the next.</summary>
    internal string TextOf(in ReceivedMessage message, Encoding encoding) =>
        _text.Decode(message.Bytes!, encoding, message.EndsText);

    /// <summary>Ends it, or this side's half of it.</summary>
    internal void Close(CloseManner manner)
    {
        if (manner == CloseManner.SendOnly)
        {
            EndSending();
            return;
        }
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        if (manner == CloseManner.Graceful && !_hasSaidAll && !_hasFailed && Kind == SocketKind.Stream)
            TryEndSending();
        if (manner == CloseManner.Reset)
            _socket.LingerState = new LingerOption(true, 0);
        _tls?.Dispose();
        _socket.Dispose();
    }

    private StreamChannel Channel => _stream ?? throw new NotSupportedException("A socket for datagrams has no stream.");

    private void EndSending()
    {
        try
        {
            if (!_hasSaidAll)
                SayThatAllIsSaid(TimeoutMilliseconds);
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw ConnectionFault.Of(error, EndPoint, "while ending what is sent", TimeoutMilliseconds, "");
        }
    }

    private void TryEndSending()
    {
        try
        {
            // A peer that takes nothing must not keep this side from closing.
            SayThatAllIsSaid(milliseconds: 100);
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            // It is closed all the same: the peer is gone or has failed, and closing is what was asked for.
        }
    }

    private void SayThatAllIsSaid(int milliseconds)
    {
        if (_tls is not null)
            _stream!.Finish(_tls, new WaitLimit(milliseconds, CancellationToken.None));
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.NotConnected)
        {
            // The peer has reset the connection: there is nothing left to end.
        }
        _hasSaidAll = true;
    }

    private SocketToolsException ReceiveFault(Exception error, WaitLimit limit)
    {
        _hasFailed |= IsLost(error);
        var waiting = _stream!.Waiting;
        var fault = ConnectionFault.Of(error, EndPoint, "while receiving", limit.Milliseconds, Outcome(waiting.Length));
        fault.PartialResult = waiting;
        return fault;
    }

    private SocketOperationException NotWhole(ReceiveEnd end, int maximumBytes)
    {
        var waiting = _stream!.Waiting;
        var (reason, what) = end == ReceiveEnd.LimitExceeded
            ? (Reason.LimitExceeded, $"{EndPoint} sent more than {maximumBytes} bytes without the end that was waited for. Raise -MaximumBytes if that much is wanted.")
            : (Reason.ConnectionClosed, $"{EndPoint} ended the connection before the end that was waited for.");
        return new SocketOperationException($"{what} {Outcome(waiting.Length)}", EndPoint, Failure.Because(reason)) { PartialResult = waiting };
    }

    private static string Outcome(int waiting) =>
        waiting == 0 ? "Nothing had come." : $"{waiting} bytes had come: they are in the error's PartialResult, and stay for the next call.";

    private static bool IsLost(Exception error) =>
        (error as SocketException ?? error.GetBaseException() as SocketException)?.SocketErrorCode is
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NetworkReset or SocketError.TimedOut;

    private static string? TextOf(EndPoint? endPoint) => endPoint switch
    {
        null => null,
        IPEndPoint address => HostTarget.Join(address.Address.ToString(), address.Port),
        _ => endPoint.ToString(),
    };
}
