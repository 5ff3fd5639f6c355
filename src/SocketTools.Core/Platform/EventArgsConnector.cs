using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>The connector for every system: asynchronous sockets, with one timer for all time-outs.</summary>
internal sealed class EventArgsConnector : IConnector
{
    private const int SweepMilliseconds = 15;

    private readonly object _gate = new();
    private readonly HashSet<Connect> _underWay = [];
    private readonly List<Connect> _expired = [];
    private readonly Timer _sweeper;
    private bool _sweeping;
    private bool _disposed;

    public EventArgsConnector() => _sweeper = new Timer(static self => ((EventArgsConnector)self!).Sweep(), this, Timeout.Infinite, Timeout.Infinite);

    public string Name => "SocketAsyncEventArgs";

    public Action<ConnectAttempt>? Ended { get; set; }

    bool IConnector.Connect(ConnectAttempt attempt)
    {
        var connect = (Connect?)attempt.ConnectorState ?? new Connect(this, attempt);
        attempt.ConnectorState = connect;
        return connect.Start();
    }

    public bool HasRouteTo(IPAddress address) => LocalRoute.Exists(address);

    /// <summary>Ends every attempt that is under way; each is still told of.</summary>
    public void Dispose()
    {
        Connect[] underWay;
        lock (_gate)
        {
            _disposed = true;
            underWay = [.. _underWay];
        }
        foreach (var connect in underWay)
            connect.Abort(SocketError.OperationAborted);
        _sweeper.Dispose();
    }

    private bool Enter(Connect connect)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            _underWay.Add(connect);
            if (!_sweeping)
            {
                _sweeping = true;
                _sweeper.Change(SweepMilliseconds, SweepMilliseconds);
            }
            return true;
        }
    }

    private void Leave(Connect connect)
    {
        lock (_gate)
            _underWay.Remove(connect);
    }

    private void Sweep()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            if (_underWay.Count == 0)
            {
                _sweeping = false;
                _sweeper.Change(Timeout.Infinite, Timeout.Infinite);
                return;
            }
            var now = Stopwatch.GetTimestamp();
            _expired.Clear();
            foreach (var connect in _underWay)
            {
                if (connect.Attempt.ExpiresAt <= now)
                    _expired.Add(connect);
            }
            foreach (var connect in _expired)
                connect.Expire();
        }
    }

    private sealed class Connect : SocketAsyncEventArgs
    {
        private static readonly LingerOption ResetOnClose = new(true, 0);

        private readonly EventArgsConnector _owner;
        private Socket? _socket;
        private SocketError _abortedWith;

        public Connect(EventArgsConnector owner, ConnectAttempt attempt)
        {
            _owner = owner;
            Attempt = attempt;
        }

        public ConnectAttempt Attempt { get; }

        public bool Start()
        {
            _abortedWith = SocketError.Success;
            Attempt.MetItself = false;
            Attempt.StartedAt = Stopwatch.GetTimestamp();
            try
            {
                _socket = new Socket(Attempt.RemoteEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            }
            catch (SocketException error)
            {
                Attempt.EndedAt = Stopwatch.GetTimestamp();
                Attempt.Error = error.SocketErrorCode;
                return false;
            }
            WindowsConnect.TellAtOnce(_socket);
            RemoteEndPoint = Attempt.RemoteEndPoint;
            if (!_owner.Enter(this))
            {
                Finish(SocketError.OperationAborted);
                return false;
            }
            Attempt.StartedAt = Stopwatch.GetTimestamp();
            try
            {
                if (_socket.ConnectAsync(this))
                    return true;
                End(SocketError);
            }
            catch (ObjectDisposedException)
            {
                End(SocketError.OperationAborted);
            }
            catch (SocketException error)
            {
                // On Windows a connect binds first, and throws when no local port is free.
                End(error.SocketErrorCode);
            }
            return false;
        }

        // The answer may be here already, its completion waiting for a thread: then it is the answer that counts.
        public void Expire()
        {
            if (!HasAnswer())
                Abort(SocketError.TimedOut);
        }

        public void Abort(SocketError because)
        {
            _abortedWith = because;
            _socket?.Dispose();
        }

        protected override void OnCompleted(SocketAsyncEventArgs e)
        {
            End(SocketError);
            _owner.Ended?.Invoke(Attempt);
        }

        private bool HasAnswer()
        {
            try
            {
                return _socket is { } socket && (socket.Poll(0, SelectMode.SelectWrite) || socket.Poll(0, SelectMode.SelectError));
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        }

        private void End(SocketError error)
        {
            _owner.Leave(this);
            Finish(error);
        }

        private void Finish(SocketError error)
        {
            Attempt.EndedAt = Stopwatch.GetTimestamp();
            if (error == SocketError.Success)
                error = Examine(_socket!);
            Attempt.Error = error == SocketError.OperationAborted && _abortedWith != SocketError.Success ? _abortedWith : error;
            _socket!.Dispose();
            _socket = null;
        }

        private SocketError Examine(Socket socket)
        {
            try
            {
                Attempt.MetItself = Equals(socket.LocalEndPoint, socket.RemoteEndPoint);
                // A port that is probed leaves no TIME_WAIT behind, which would use up the local ports.
                socket.LingerState = ResetOnClose;
                return SocketError.Success;
            }
            catch (ObjectDisposedException)
            {
                return SocketError.OperationAborted;
            }
            catch (SocketException)
            {
                // Some systems refuse options on a connection that the peer has reset already; it had been made.
                return SocketError.Success;
            }
        }
    }
}
