#if NET
using System;
#endif
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>A UDP socket of a server: it knows who sent the last datagram and answers them, where the runtime can without an
/// object a datagram.</summary>
internal sealed class DatagramSocket
{
    private readonly Socket _socket;
#if NET
    private readonly SocketAddress _sender;
    private readonly int _room;
#else
    private EndPoint _sender;
#endif

    public DatagramSocket(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
#if NET
        _sender = new SocketAddress(socket.AddressFamily);
        _room = _sender.Size;
#else
        _sender = new IPEndPoint(IPAddress.Any, 0);
#endif
    }

    /// <summary>Keeps Windows from failing a receive because an earlier answer found nobody (SIO_UDP_CONNRESET).</summary>
    public static void KeepOn(Socket socket)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            socket.IOControl(unchecked((int)0x9800000C), new byte[4], null);
    }

    /// <summary>The next datagram, when there is one.</summary>
    /// <returns>Its length; -1 when there is none.</returns>
    /// <exception cref="SocketException">The socket failed.</exception>
    public int Receive(byte[] buffer)
    {
#if NET
        if (LinuxSockets.IsSupported)
            return ReceiveHere(buffer);
#endif
        if (!_socket.Poll(0, SelectMode.SelectRead))
            return -1;
        try
        {
#if NET
            return _socket.ReceiveFrom(buffer.AsSpan(), SocketFlags.None, _sender);
#else
            _sender = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
            return _socket.ReceiveFrom(buffer, ref _sender);
#endif
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.Interrupted)
        {
            return -1;
        }
    }

#if NET
    // Without asking first whether there is one, or an exception when there is none.
    private int ReceiveHere(byte[] buffer)
    {
        var size = _room;
        var count = LinuxSockets.ReceiveFrom(
            (int)_socket.Handle, buffer, (nint)buffer.Length, 0, ref MemoryMarshal.GetReference(_sender.Buffer.Span), ref size);
        if (count >= 0)
        {
            _sender.Size = size;
            return (int)count;
        }
        return LinuxSockets.LastError is LinuxSockets.TryAgain or LinuxSockets.Interrupted ? -1 : throw new SocketException((int)LinuxSockets.ErrorOf(LinuxSockets.LastError));
    }
#endif

    /// <summary>Who sent the last datagram.</summary>
    public IPEndPoint Sender()
    {
#if NET
        return (IPEndPoint)new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0).Create(_sender);
#else
        return (IPEndPoint)_sender;
#endif
    }

    /// <summary>Whether the last datagram came from the same end point as <paramref name="other"/> did, which
    /// <see cref="CopySender"/> gave.</summary>
    public bool IsFrom(object other) => _sender.Equals(other);

    /// <summary>The sender of the last datagram, as a key.</summary>
    public object CopySender()
    {
#if NET
        var copy = new SocketAddress(_sender.Family, _sender.Size);
        _sender.Buffer.Span.Slice(0, _sender.Size).CopyTo(copy.Buffer.Span);
        return copy;
#else
        return _sender;
#endif
    }

    /// <summary>The sender of the last datagram, for a look-up before the next one comes.</summary>
    public object SenderKey => _sender;

    /// <summary>Sends to the sender of the last datagram.</summary>
    /// <exception cref="SocketException">It was not sent.</exception>
    public void Answer(byte[] bytes, int offset, int count) => SendTo(bytes, offset, count, _sender);

    /// <summary>Sends to an end point that <see cref="CopySender"/> gave.</summary>
    /// <exception cref="SocketException">It was not sent.</exception>
    public void SendTo(byte[] bytes, int offset, int count, object receiver)
    {
#if NET
        _socket.SendTo(bytes.AsSpan(offset, count), SocketFlags.None, (SocketAddress)receiver);
#else
        _socket.SendTo(bytes, offset, count, SocketFlags.None, (EndPoint)receiver);
#endif
    }
}
