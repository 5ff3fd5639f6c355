using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>The connector for Linux: non-blocking connects by the system's own calls. What is answered at once, as on
/// loopback, is told at once; one thread waits for the others, and for their time-outs.</summary>
internal sealed class EpollConnector : IConnector
{
    private const int SweepMilliseconds = 10;

    private readonly object _gate = new();
    private readonly Dictionary<long, Connect> _underWay = [];
    private readonly List<Connect> _ended = [];
    private readonly Epoll _epoll = new();
    private long _lastToken;
    private bool _waiting;
    private bool _disposed;

    public string Name => "epoll";

    public Action<ConnectAttempt>? Ended { get; set; }

    bool IConnector.Connect(ConnectAttempt attempt)
    {
        var connect = (Connect?)attempt.ConnectorState ?? new Connect(attempt);
        attempt.ConnectorState = connect;
        return connect.Start() && Watch(connect);
    }

    public bool HasRouteTo(IPAddress address, IPAddress? source) => LocalRoute.Exists(address, source);

    /// <summary>Ends every attempt that is under way; each is still told of.</summary>
    public void Dispose()
    {
        Connect[] underWay;
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            underWay = [.. _underWay.Values];
            _underWay.Clear();
            if (!_waiting)
                _epoll.Dispose();
            Monitor.PulseAll(_gate);
        }
        foreach (var connect in underWay)
        {
            connect.End(SocketError.OperationAborted);
            Ended?.Invoke(connect.Attempt);
        }
    }

    private bool Watch(Connect connect)
    {
        lock (_gate)
        {
            var token = ++_lastToken;
            connect.Token = token;
            if (!_disposed && TryStartWaiting() && _epoll.Watch(connect.Descriptor, token))
            {
                _underWay.Add(token, connect);
                if (_underWay.Count == 1)
                    Monitor.Pulse(_gate);
                return true;
            }
        }
        connect.End(_disposed ? SocketError.OperationAborted : SocketError.NoBufferSpaceAvailable);
        return false;
    }

    private bool TryStartWaiting()
    {
        if (_waiting)
            return true;
        try
        {
            new Thread(Wait) { IsBackground = true, Name = "SocketTools connects" }.Start();
            return _waiting = true;
        }
        catch (OutOfMemoryException)
        {
            // The system has no thread left; that counts as the shortage that it is.
            return false;
        }
    }

    private void Wait()
    {
        var tokens = new long[256];
        var ended = new List<Connect>();
        while (HasWork())
        {
            var count = _epoll.Wait(tokens, SweepMilliseconds);
            Collect(tokens, count, ended);
            foreach (var connect in ended)
                Ended?.Invoke(connect.Attempt);
        }
        _epoll.Dispose();
    }

    private bool HasWork()
    {
        lock (_gate)
        {
            while (_underWay.Count == 0 && !_disposed)
                Monitor.Wait(_gate);
            return !_disposed;
        }
    }

    private void Collect(long[] tokens, int count, List<Connect> ended)
    {
        ended.Clear();
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
            {
                if (_underWay.TryGetValue(tokens[i], out var connect))
                    ended.Add(connect);
            }
            ended.ForEach(connect => _underWay.Remove(connect.Token));
            CollectExpired();
        }
        foreach (var connect in ended)
            connect.End(LinuxSockets.OutcomeOf(connect.Descriptor));
        foreach (var connect in _ended)
            connect.End(LinuxSockets.HasOutcome(connect.Descriptor) ? LinuxSockets.OutcomeOf(connect.Descriptor) : SocketError.TimedOut);
        ended.AddRange(_ended);
    }

    private void CollectExpired()
    {
        _ended.Clear();
        var now = Stopwatch.GetTimestamp();
        foreach (var connect in _underWay.Values)
        {
            if (connect.Attempt.ExpiresAt <= now)
                _ended.Add(connect);
        }
        _ended.ForEach(connect => _underWay.Remove(connect.Token));
    }

    private sealed class Connect
    {
        private readonly byte[] _remote = new byte[LinuxSockets.AddressBytes];
        private readonly byte[] _local = new byte[LinuxSockets.AddressBytes];

        public Connect(ConnectAttempt attempt) => Attempt = attempt;

        public ConnectAttempt Attempt { get; }

        public int Descriptor { get; private set; }

        public long Token { get; set; }

        /// <returns>True when the connect is under way.</returns>
        public bool Start()
        {
            Attempt.MetItself = false;
            Attempt.StartedAt = Stopwatch.GetTimestamp();
            Descriptor = LinuxSockets.OpenTcp(Attempt.RemoteEndPoint.AddressFamily);
            if (Descriptor < 0 || !IsBound())
            {
                End(LinuxSockets.ErrorOf(LinuxSockets.LastError));
                return false;
            }
            var size = LinuxSockets.WriteAddress(Attempt.RemoteEndPoint, _remote);
            Attempt.StartedAt = Stopwatch.GetTimestamp();
            var error = LinuxSockets.Connect(Descriptor, _remote, size) == 0 ? 0 : LinuxSockets.LastError;
            if (error is LinuxSockets.WouldFollow or LinuxSockets.Interrupted)
            {
                if (!LinuxSockets.HasOutcome(Descriptor))
                    return true;
                End(LinuxSockets.OutcomeOf(Descriptor));
                return false;
            }
            End(LinuxSockets.ErrorOf(error));
            return false;
        }

        public void End(SocketError error)
        {
            Attempt.EndedAt = Stopwatch.GetTimestamp();
            Attempt.Error = ConnectAttempt.OutcomeOf(error);
            if (Attempt.Error == SocketError.Success)
            {
                Attempt.MetItself = LinuxSockets.HasMetItself(Descriptor, _remote, _local);
                LinuxSockets.CloseWithoutTrace(Descriptor);
            }
            else if (Descriptor >= 0)
            {
                _ = LinuxSockets.Close(Descriptor);
            }
        }

        private bool IsBound() =>
            Attempt.Source is not { } source ||
            LinuxSockets.Bind(Descriptor, _local, LinuxSockets.WriteAddress(new IPEndPoint(source, 0), _local));
    }
}
