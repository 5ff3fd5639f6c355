using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>A socket that sends and receives datagrams, to and from one peer or anyone.</summary>
internal sealed class DatagramChannel
{
    private const int LargestDatagram = 65535;
    private const int LargestUnixDatagram = 1024 * 1024;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly object _receiving = new();
    private readonly Socket _socket;
    private readonly bool _isConnected;
    private readonly SocketTranscript? _transcript;
    private byte[]? _buffer;
    private long _sent;
    private long _received;

    public DatagramChannel(Socket socket, bool isConnected, SocketTranscript? transcript)
    {
        _socket = socket;
        _socket.Blocking = false;
        _isConnected = isConnected;
        _transcript = transcript;
    }

    public long BytesSent => Interlocked.Read(ref _sent);

    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>Sends one datagram.</summary>
    /// <param name="bytes">The array with what it holds.</param>
    /// <param name="count">How many of its bytes, from the first.</param>
    /// <param name="to">Where it goes; the peer when null.</param>
    /// <param name="limit">How long the system may have no room for it.</param>
    /// <exception cref="SocketException">It was not sent; of a datagram, all goes or nothing.</exception>
    public void Send(byte[] bytes, int count, EndPoint? to, WaitLimit limit)
    {
        while (!TrySend(bytes, count, to))
            _socket.Poll(limit.NextWait(Slice), SelectMode.SelectWrite);
        Interlocked.Add(ref _sent, count);
        _transcript?.Add(TranscriptDirection.Sent, bytes, 0, count);
    }

    /// <summary>The next datagram, and who sent it; null when none is there and it is not to be waited for.</summary>
    public (byte[] Bytes, IPEndPoint? Sender)? Receive(WaitLimit limit, bool waits)
    {
        lock (_receiving)
        {
            _buffer ??= new byte[_socket.AddressFamily == AddressFamily.Unix ? LargestUnixDatagram : LargestDatagram];
            EndPoint? sender = _isConnected ? _socket.RemoteEndPoint : null;
            int count;
            while ((count = TryReceive(ref sender)) < 0)
            {
                if (!waits)
                    return null;
                _socket.Poll(limit.NextWait(Slice), SelectMode.SelectRead);
            }
            var bytes = new byte[count];
            Buffer.BlockCopy(_buffer, 0, bytes, 0, count);
            Interlocked.Add(ref _received, count);
            _transcript?.Add(TranscriptDirection.Received, bytes, 0, count);
            return (bytes, sender as IPEndPoint);
        }
    }

    private bool TrySend(byte[] bytes, int count, EndPoint? to)
    {
        if (to is null)
        {
            _socket.Send(bytes, 0, count, SocketFlags.None, out var error);
            return error == SocketError.Success || (IsBusy(error) ? false : throw new SocketException((int)error));
        }
        try
        {
            _socket.SendTo(bytes, 0, count, SocketFlags.None, to);
            return true;
        }
        catch (SocketException error) when (IsBusy(error.SocketErrorCode))
        {
            return false;
        }
    }

    private int TryReceive(ref EndPoint? sender)
    {
        if (_isConnected)
        {
            var count = _socket.Receive(_buffer!, 0, _buffer!.Length, SocketFlags.None, out var error);
            return error == SocketError.Success ? count : IsBusy(error) ? -1 : throw new SocketException((int)error);
        }
        // An unconnected socket tells of an empty queue by an exception: the queue is asked first.
        if (!_socket.Poll(0, SelectMode.SelectRead))
            return -1;
        try
        {
            sender = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
            return _socket.ReceiveFrom(_buffer!, ref sender);
        }
        catch (SocketException error) when (IsBusy(error.SocketErrorCode))
        {
            return -1;
        }
    }

    private static bool IsBusy(SocketError error) => error is SocketError.WouldBlock or SocketError.TryAgain or SocketError.Interrupted;
}
