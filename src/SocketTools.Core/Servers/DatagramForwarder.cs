using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Passes datagrams on to another server, from a socket of its own for each client, so that the answers find who asked.</summary>
internal sealed class DatagramForwarder
{
    private const int LookUpMilliseconds = 10_000;
    private const int KnownMilliseconds = 30_000;
    private const int MostWaiting = 64;

    private readonly HostTarget _target;
    private readonly ConnectionDesk _desk;
    private readonly DatagramPeers _peers;
    private readonly Action<DatagramPeer, byte[], int, int> _answered;
    private Task<IReadOnlyList<IPAddress>>? _addresses;
    private long _lookedUp;

    /// <param name="target">The other server, with its port.</param>
    /// <param name="desk">This server's.</param>
    /// <param name="peers">The clients.</param>
    /// <param name="answered">Takes what the other server sends to a client.</param>
    public DatagramForwarder(HostTarget target, ConnectionDesk desk, DatagramPeers peers, Action<DatagramPeer, byte[], int, int> answered)
    {
        _target = target;
        _desk = desk;
        _peers = peers;
        _answered = answered;
    }

    /// <summary>Room for what is being read.</summary>
    public byte[] Buffer => _desk.Loop.Buffer.Bytes;

    /// <summary>Passes a client's datagram on.</summary>
    public void Send(DatagramPeer peer, byte[] bytes, int offset, int count)
    {
        if (peer.Upstream is null)
        {
            var addresses = Addresses();
            if (!addresses.IsCompleted || peer.Waiting.Count > 0)
            {
                Wait(addresses, peer, bytes, offset, count);
                return;
            }
            if (addresses.Status != TaskStatus.RanToCompletion)
            {
                Fail(peer, addresses.Exception!.GetBaseException().Message);
                return;
            }
            Open(peer, addresses.Result);
        }
        peer.Upstream?.Send(bytes, offset, count);
    }

    /// <summary>Gives a client what it is answered.</summary>
    public void Return(DatagramPeer peer, byte[] bytes, int count)
    {
        _peers.Used(peer);
        try
        {
            _answered(peer, bytes, 0, count);
        }
        catch (SocketException)
        {
            // One datagram's trouble is not the next one's.
            _desk.Counters.CountError();
        }
    }

    /// <summary>Goes on with the next of the other server's addresses.</summary>
    public void TryNext(DatagramPeer peer, IReadOnlyList<IPAddress> addresses, byte[]? unanswered)
    {
        peer.Upstream?.Close();
        Open(peer, addresses);
        if (unanswered is not null)
            peer.Upstream?.Send(unanswered, 0, unanswered.Length);
    }

    /// <summary>Notes that the other server cannot be reached: the client's next datagram tries anew.</summary>
    public void Fail(DatagramPeer peer, SocketError error) => Fail(peer, SocketDialer.NoConnection(_target.ToString(), _target.ToString(), error).Message);

    /// <summary>Watches a socket no more.</summary>
    public void Leave(DatagramUpstream upstream) => _desk.Loop.Remove(upstream);

    private void Fail(DatagramPeer peer, string why)
    {
        _desk.Counters.CountError();
        _peers.Forget(peer, ServerConnectionEnd.TargetFailed, why);
    }

    // A name is looked up again now and then, and after it failed.
    private Task<IReadOnlyList<IPAddress>> Addresses()
    {
        if (_addresses is null || (_addresses.IsCompleted && (_addresses.Status != TaskStatus.RanToCompletion || ServerLoop.Now - _lookedUp > KnownMilliseconds)))
        {
            _lookedUp = ServerLoop.Now;
            _addresses = new HostResolver().GetAddressesAsync(
                _target.ComputerName, AddressFamily.Unspecified, TimeSpan.FromMilliseconds(LookUpMilliseconds), CancellationToken.None);
        }
        return _addresses;
    }

    private void Wait(Task<IReadOnlyList<IPAddress>> addresses, DatagramPeer peer, byte[] bytes, int offset, int count)
    {
        if (peer.Waiting.Count == MostWaiting)
            return;
        var copy = new byte[count];
        System.Buffer.BlockCopy(bytes, offset, copy, 0, count);
        peer.Waiting.Enqueue(copy);
        if (peer.Waiting.Count == 1)
            addresses.ContinueWith(looked => _desk.Loop.Post(() => GoOn(looked, peer)), TaskScheduler.Default);
    }

    private void GoOn(Task<IReadOnlyList<IPAddress>> looked, DatagramPeer peer)
    {
        if (looked.Status != TaskStatus.RanToCompletion)
            Fail(peer, looked.Exception!.GetBaseException().Message);
        else if (!peer.IsForgotten && peer.Upstream is null)
            Open(peer, looked.Result);
        while (!peer.IsForgotten && peer.Waiting.Count > 0)
        {
            var bytes = peer.Waiting.Dequeue();
            peer.Upstream?.Send(bytes, 0, bytes.Length);
        }
    }

    private void Open(DatagramPeer peer, IReadOnlyList<IPAddress> addresses)
    {
        peer.Upstream = null;
        var error = SocketError.NetworkUnreachable;
        for (var i = 0; i < addresses.Count; i++)
        {
            if (TryConnect(addresses[i], peer, out error) is not { } socket)
                continue;
            peer.Upstream = new DatagramUpstream(socket, [.. addresses.Skip(i + 1)], peer, this);
            _desk.Loop.Add(peer.Upstream);
            return;
        }
        Fail(peer, error);
    }

    private Socket? TryConnect(IPAddress address, DatagramPeer peer, out SocketError error)
    {
        Socket? socket = null;
        try
        {
            socket = Open(address.AddressFamily, peer);
            socket.Connect(new IPEndPoint(address, _target.Port!.Value));
            error = SocketError.Success;
            return socket;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            error = failure.SocketErrorCode;
            return null;
        }
    }

    // Short of descriptors, it takes the one of who needs it least.
    private Socket Open(AddressFamily family, DatagramPeer peer)
    {
        while (true)
        {
            var socket = TryOpen(family);
            if (socket is not null && DescriptorBudget.Admits(socket))
                return socket;
            socket?.Dispose();
            if (!_peers.ForgetAnother(peer))
                throw new SocketException((int)SocketError.TooManyOpenSockets);
        }
    }

    private static Socket? TryOpen(AddressFamily family)
    {
        try
        {
            return new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            return null;
        }
    }
}
