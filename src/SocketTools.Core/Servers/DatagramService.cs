using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Answers datagrams on the server's loop. All that one end point sends counts as one connection.</summary>
internal sealed class DatagramService : PolledSocket, IReplySink
{
    private const int AtOnce = 64;
    private const int MostPeers = ConnectionLog.Kept;
    private const int MostDelayed = 10_000;

    private readonly ConnectionDesk _desk;
    private readonly Listening _listening;
    private readonly ConversationHandler _handler;
    private readonly DatagramSocket _datagrams;
    private readonly Dictionary<object, ServerConnection> _peers = [];
    private readonly Queue<object> _order = new();
    private readonly Random _random = new();
    private object? _lastKey;
    private ServerConnection? _peer;
    private object? _delayedTo;
    private int _delayed;

    public DatagramService(Listening listening, ConversationHandler handler, ConnectionDesk desk)
        : base(listening.Socket)
    {
        _listening = listening;
        _handler = handler;
        _desk = desk;
        _datagrams = new DatagramSocket(listening.Socket);
    }

    public override void Ready(bool canRead, bool canWrite)
    {
        var buffer = _desk.Loop.Buffer.Bytes;
        for (var i = 0; i < AtOnce && Slot >= 0; i++)
        {
            try
            {
                var count = _datagrams.Receive(buffer);
                if (count < 0)
                    return;
                _desk.Counters.CountDatagramReceived();
                _peer = PeerOfLast();
                _desk.Received(_peer, buffer, 0, count);
                Take(buffer, count);
            }
            catch (Exception)
            {
                // One datagram's trouble is not the next one's.
                _desk.Counters.CountError();
            }
        }
    }

    /// <summary>Notes that no more will come.</summary>
    public void End()
    {
        foreach (var peer in _peers.Values)
            EndOf(peer);
        _peers.Clear();
    }

    void IReplySink.Send(byte[] bytes, int offset, int count)
    {
        var to = _delayedTo;
        if (!_desk.HasFaults || !Concerns(_desk.FaultsOut))
        {
            Send(_peer!, to, bytes, offset, count);
            return;
        }
        if (Spoil(_desk.FaultsOut, bytes, offset, count) is not { } spoilt)
            return;
        var (peer, receiver) = (_peer!, to ?? _datagrams.CopySender());
        After(DelayOf(_desk.FaultsOut), () => Send(peer, receiver, spoilt, 0, spoilt.Length));
    }

    void IReplySink.End()
    {
    }

    private void Take(byte[] buffer, int count)
    {
        if (!_desk.HasFaults || !Concerns(_desk.FaultsIn))
        {
            _handler.Answer(buffer, count, this);
            return;
        }
        if (Spoil(_desk.FaultsIn, buffer, 0, count) is not { } spoilt)
            return;
        var (peer, sender) = (_peer!, _datagrams.CopySender());
        After(DelayOf(_desk.FaultsIn), () =>
        {
            (_peer, _delayedTo) = (peer, sender);
            try
            {
                _handler.Answer(spoilt, spoilt.Length, this);
            }
            finally
            {
                _delayedTo = null;
            }
        });
    }

    private void Send(ServerConnection peer, object? to, byte[] bytes, int offset, int count)
    {
        if (to is null)
            _datagrams.Answer(bytes, offset, count);
        else
            _datagrams.SendTo(bytes, offset, count, to);
        _desk.Counters.CountDatagramSent();
        _desk.Sent(peer, bytes, offset, count);
    }

    private bool Concerns(SocketFaults faults) => faults.IsActive && _random.NextDouble() < faults.Probability;

    // A damaged copy; null when it is lost.
    private byte[]? Spoil(SocketFaults faults, byte[] bytes, int offset, int count)
    {
        if (faults.NoAnswer || _random.NextDouble() < faults.DropRate)
            return null;
        var spoilt = new byte[Math.Min(count, faults.TruncateAfterBytes ?? count)];
        Buffer.BlockCopy(bytes, offset, spoilt, 0, spoilt.Length);
        if (faults.CorruptionRate > 0)
            Corruption.Apply(spoilt, 0, spoilt.Length, faults.CorruptionRate, _random);
        return spoilt;
    }

    private int DelayOf(SocketFaults faults) =>
        (int)Math.Max(0, faults.LatencyMilliseconds + (((2 * _random.NextDouble()) - 1) * faults.JitterMilliseconds));

    private void After(int milliseconds, Action work)
    {
        if (milliseconds == 0)
        {
            work();
            return;
        }
        if (_delayed >= MostDelayed)
            return;
        _delayed++;
        Task.Delay(milliseconds).ContinueWith(_ => _desk.Loop.Post(() => Guarded(work)), TaskScheduler.Default);
    }

    private void Guarded(Action work)
    {
        _delayed--;
        if (Slot < 0)
            return;
        try
        {
            work();
        }
        catch (Exception)
        {
            _desk.Counters.CountError();
        }
    }

    private ServerConnection PeerOfLast()
    {
        if (_lastKey is not null && _datagrams.IsFrom(_lastKey))
            return _peer!;
        if (_peers.TryGetValue(_datagrams.SenderKey, out var peer))
        {
            _lastKey = _datagrams.CopySender();
            return peer;
        }
        if (_peers.Count == MostPeers && _order.Dequeue() is var oldest)
        {
            EndOf(_peers[oldest]);
            _peers.Remove(oldest);
        }
        peer = new ServerConnection(
            _datagrams.Sender(), _listening.Port, TransportProtocol.Udp, _desk.Options.TranscriptBytes is { } bytes ? new SocketTranscript(bytes) : null);
        _lastKey = _datagrams.CopySender();
        _peers.Add(_lastKey, peer);
        _order.Enqueue(_lastKey);
        _desk.Log.Opened(peer);
        return peer;
    }

    private void EndOf(ServerConnection peer)
    {
        if (peer.Close(ServerConnectionEnd.Stopped, null))
            _desk.Log.Closed(peer);
    }
}
