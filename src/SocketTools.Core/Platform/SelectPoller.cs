using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>The poller for every system: select, which looks at each socket each time, and so is for few.</summary>
internal sealed class SelectPoller : ISocketPoller
{
    private const int Few = 64;
    private const int RefusedMilliseconds = 50;

    private readonly object _gate = new();
    private readonly Socket _waker = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
    private readonly Dictionary<Socket, PolledSocket> _polled = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _failed = [];
    private readonly byte[] _wake = new byte[1];
    private bool _disposed;

    public SelectPoller()
    {
        // A socket that is connected to itself, so that nobody else can wake it.
        _waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _waker.Connect(_waker.LocalEndPoint!);
    }

    public string Name => "select";

    public int Capacity => Few;

    public void Add(PolledSocket polled)
    {
        _polled.Add(polled.Socket, polled);
        polled.Slot = 0;
    }

    public void Change(PolledSocket polled)
    {
    }

    public void Remove(PolledSocket polled)
    {
        _polled.Remove(polled.Socket);
        polled.Slot = -1;
    }

    public void Wait(int milliseconds)
    {
        Fill();
        if (!TrySelect(milliseconds))
            return;
        if (_readable.Remove(_waker))
            _waker.Receive(_wake, 0, 1, SocketFlags.None, out _);
        foreach (var socket in _readable)
        {
            if (_polled.TryGetValue(socket, out var polled))
                polled.Ready(true, _writable.Remove(socket));
        }
        foreach (var socket in _writable)
        {
            if (_polled.TryGetValue(socket, out var polled))
                polled.Ready(false, true);
        }
    }

    public void Wake()
    {
        lock (_gate)
        {
            if (!_disposed)
                _waker.Send(_wake, 0, 1, SocketFlags.None, out _);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _waker.Dispose();
        }
    }

    private bool TrySelect(int milliseconds)
    {
        try
        {
            Socket.Select(_readable, _writable, _failed, milliseconds < 0 ? -1 : milliseconds * 1000);
            _readable.AddRange(_failed);
            return true;
        }
        catch (SocketException)
        {
            // The system may refuse to look at more sockets than this process may open by now: to ask again at once would not help.
            if (_waker.Poll(RefusedMilliseconds * 1000, SelectMode.SelectRead))
                _waker.Receive(_wake, 0, 1, SocketFlags.None, out _);
            return false;
        }
    }

    private void Fill()
    {
        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        _readable.Add(_waker);
        foreach (var polled in _polled.Values)
        {
            if (polled.WantsToRead)
                _readable.Add(polled.Socket);
            if (polled.WantsToWrite)
                _writable.Add(polled.Socket);
            // Linux tells nothing else of a datagram that found nobody. A stream that fails is readable, or writable, too.
            if (polled.Socket.SocketType == SocketType.Dgram)
                _failed.Add(polled.Socket);
        }
    }
}
