using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>The socket from which one client's datagrams go on to another server, and to which that one answers.</summary>
internal sealed class DatagramUpstream : PolledSocket
{
    private readonly DatagramForwarder _forwarder;
    private readonly DatagramPeer _peer;
    private readonly IReadOnlyList<IPAddress> _others;
    private byte[]? _unanswered;
    private bool _hasAnswered;

    /// <param name="socket">The socket, connected.</param>
    /// <param name="others">The server's addresses that are still to be tried.</param>
    /// <param name="peer">The client.</param>
    /// <param name="forwarder">Takes what comes.</param>
    public DatagramUpstream(Socket socket, IReadOnlyList<IPAddress> others, DatagramPeer peer, DatagramForwarder forwarder)
        : base(socket)
    {
        _others = others;
        _peer = peer;
        _forwarder = forwarder;
    }

    public override void Ready(bool canRead, bool canWrite)
    {
        var buffer = _forwarder.Buffer;
        var count = Socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock or SocketError.Interrupted)
            return;
        if (error != SocketError.Success)
        {
            Fail(error, _unanswered);
            return;
        }
        _hasAnswered = true;
        _unanswered = null;
        _forwarder.Return(_peer, buffer, count);
    }

    /// <summary>Passes a datagram on.</summary>
    public void Send(byte[] bytes, int offset, int count)
    {
        Socket.Send(bytes, offset, count, SocketFlags.None, out var error);
        if (!_hasAnswered && _others.Count > 0)
            _unanswered = Copy(bytes, offset, count);
        // A datagram for which the system has no room is lost, as others are on their way.
        if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.Interrupted or SocketError.NoBufferSpaceAvailable))
            Fail(error, _unanswered);
    }

    /// <summary>Closes it.</summary>
    public void Close()
    {
        _forwarder.Leave(this);
        Socket.Dispose();
    }

    // Nobody is there: what was not answered goes to the next address, when there is one.
    private void Fail(SocketError error, byte[]? unanswered)
    {
        if (error == SocketError.MessageSize)
            throw new SocketException((int)error);
        if (_hasAnswered || _others.Count == 0)
            _forwarder.Fail(_peer, error);
        else
            _forwarder.TryNext(_peer, _others, unanswered);
    }

    private static byte[] Copy(byte[] bytes, int offset, int count)
    {
        var copy = new byte[count];
        Buffer.BlockCopy(bytes, offset, copy, 0, count);
        return copy;
    }
}
