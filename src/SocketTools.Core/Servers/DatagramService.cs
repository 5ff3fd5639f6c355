using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Answers datagrams on the server's loop, or passes them on. All that one end point sends counts as one connection.</summary>
internal sealed class DatagramService : PolledSocket, IReplySink
{
    /// <summary>How long a client that is forwarded is remembered while nothing comes or goes, unless the server says otherwise: as
    /// long as a NAT is to (RFC 4787 section 4.3).</summary>
    public const int ForwardedMilliseconds = 120_000;

    private const int AtOnce = 64;

    private readonly ConnectionDesk _desk;
    private readonly Listening _listening;
    private readonly ConversationHandler? _handler;
    private readonly DatagramForwarder? _forwarder;
    private readonly DatagramSocket _datagrams;
    private readonly DatagramPeers _peers;
    private readonly DatagramLine _input;
    private readonly DatagramLine _output;
    private DatagramPeer? _last;
    private DatagramPeer? _answered;

    public DatagramService(Listening listening, ConnectionDesk desk)
        : base(listening.Socket)
    {
        _listening = listening;
        _desk = desk;
        _datagrams = new DatagramSocket(listening.Socket);
        _peers = new DatagramPeers(desk);
        var later = new LaterWork(desk);
        _input = new DatagramLine(desk, FaultDirection.In, later, Take);
        _output = new DatagramLine(desk, FaultDirection.Out, later, Send);
        _handler = desk.Options.Handler as ConversationHandler;
        _forwarder = desk.Options.Handler is ForwardHandler forward ? new DatagramForwarder(forward.Target, desk, _peers, _output.Pass) : null;
    }

    /// <summary>Whether it waits for time to pass.</summary>
    public bool WantsTicks => IdleMilliseconds > 0 && _peers.Any;

    private long IdleMilliseconds => _desk.IdleTimeoutSeconds > 0 ? _desk.IdleTimeoutSeconds * 1000L : _forwarder is null ? 0 : ForwardedMilliseconds;

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
                var peer = PeerOfLast();
                _desk.Received(peer.Record, buffer, 0, count);
                _input.Pass(peer, buffer, 0, count);
            }
            catch (Exception)
            {
                // One datagram's trouble is not the next one's.
                _desk.Counters.CountError();
            }
        }
    }

    /// <summary>Forgets who has been idle for too long.</summary>
    public void Look()
    {
        if (IdleMilliseconds is > 0 and var milliseconds)
            _peers.ForgetIdle(milliseconds);
    }

    /// <summary>Notes that no more will come.</summary>
    public void End() => _peers.ForgetAll();

    void IReplySink.Send(byte[] bytes, int offset, int count) => _output.Pass(_answered!, bytes, offset, count);

    void IReplySink.End()
    {
    }

    private void Take(DatagramPeer peer, byte[] bytes, int offset, int count)
    {
        if (_forwarder is not null)
        {
            _forwarder.Send(peer, bytes, offset, count);
            return;
        }
        _answered = peer;
        _handler!.Answer(bytes, count, this);
    }

    // Counted before it goes: who has the answer finds it counted.
    private void Send(DatagramPeer peer, byte[] bytes, int offset, int count)
    {
        _desk.Counters.CountDatagramsSent(1);
        _desk.CountSent(peer.Record, count);
        try
        {
            if (peer.Record.Transcript is not { } transcript)
            {
                _datagrams.SendTo(bytes, offset, count, peer.Key);
                return;
            }
            lock (transcript.Gate)
            {
                _datagrams.SendTo(bytes, offset, count, peer.Key);
                transcript.Add(TranscriptDirection.Sent, bytes, offset, count);
            }
        }
        catch (SocketException)
        {
            _desk.Counters.CountDatagramsSent(-1);
            _desk.CountSent(peer.Record, -count);
            throw;
        }
    }

    private DatagramPeer PeerOfLast()
    {
        if (_last is null || _last.IsForgotten || !_datagrams.IsFrom(_last.Key))
            _last = _peers.Find(_datagrams.SenderKey);
        if (_last is not null)
        {
            _peers.Used(_last);
            return _last;
        }
        var transcript = _desk.Options.TranscriptBytes is { } bytes ? new SocketTranscript(bytes) : null;
        _last = new DatagramPeer(_datagrams.CopySender(), new ServerConnection(_datagrams.Sender(), _listening.Port, TransportProtocol.Udp, transcript));
        _peers.Add(_last);
        return _last;
    }
}
