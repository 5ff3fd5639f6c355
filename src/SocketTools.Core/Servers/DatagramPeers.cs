using System.Collections.Generic;

namespace SocketTools;

/// <summary>The clients of a UDP socket. They are a bounded number: the one that has been idle longest goes when another comes.</summary>
internal sealed class DatagramPeers
{
    private const int Most = ConnectionLog.Kept;

    private readonly Dictionary<object, DatagramPeer> _known = [];
    private readonly LinkedList<DatagramPeer> _byUse = new();
    private readonly ConnectionDesk _desk;

    public DatagramPeers(ConnectionDesk desk) => _desk = desk;

    /// <summary>Whether there are any.</summary>
    public bool Any => _known.Count > 0;

    /// <summary>A client that is known; null when it is not.</summary>
    public DatagramPeer? Find(object key) => _known.TryGetValue(key, out var peer) ? peer : null;

    /// <summary>Remembers a client.</summary>
    public void Add(DatagramPeer peer)
    {
        if (_known.Count == Most)
            Forget(_byUse.First!.Value, ServerConnectionEnd.IdleTimeout, null);
        _known.Add(peer.Key, peer);
        _byUse.AddLast(peer.ByUse);
        peer.LastActivity = ServerLoop.Now;
        _desk.Log.Opened(peer.Record);
    }

    /// <summary>Notes that a client is not idle.</summary>
    public void Used(DatagramPeer peer)
    {
        peer.LastActivity = ServerLoop.Now;
        if (peer.ByUse.Next is null)
            return;
        _byUse.Remove(peer.ByUse);
        _byUse.AddLast(peer.ByUse);
    }

    /// <summary>Forgets a client.</summary>
    public void Forget(DatagramPeer peer, ServerConnectionEnd end, string? error)
    {
        if (!_known.Remove(peer.Key))
            return;
        _byUse.Remove(peer.ByUse);
        peer.Upstream?.Close();
        if (peer.Record.Close(end, error))
            _desk.Log.Closed(peer.Record);
    }

    /// <summary>Forgets the client that has been idle longest, for the good of another.</summary>
    /// <returns>Whether there was one.</returns>
    public bool ForgetAnother(DatagramPeer than)
    {
        for (var node = _byUse.First; node is not null; node = node.Next)
        {
            if (node.Value == than || node.Value.Upstream is null)
                continue;
            Forget(node.Value, ServerConnectionEnd.IdleTimeout, null);
            return true;
        }
        return false;
    }

    /// <summary>Forgets who has been idle for so long.</summary>
    public void ForgetIdle(long milliseconds)
    {
        while (_byUse.First?.Value is { } peer && ServerLoop.Now - peer.LastActivity >= milliseconds)
            Forget(peer, ServerConnectionEnd.IdleTimeout, null);
    }

    /// <summary>Forgets all.</summary>
    public void ForgetAll()
    {
        while (_byUse.First?.Value is { } peer)
            Forget(peer, ServerConnectionEnd.Stopped, null);
    }
}
