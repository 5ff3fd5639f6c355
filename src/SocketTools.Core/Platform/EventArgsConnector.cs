using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>The TCP connector for every system: asynchronous sockets, with one timer for all time-outs.</summary>
internal sealed class EventArgsConnector : IConnector
{
    private readonly AttemptsUnderWay _underWay = new();

    public string Name => "SocketAsyncEventArgs";

    public Action<ConnectAttempt>? Ended { get; set; }

    bool IConnector.Connect(ConnectAttempt attempt)
    {
        var connect = (Connect?)attempt.ConnectorState ?? new Connect(this, attempt);
        attempt.ConnectorState = connect;
        return connect.Start();
    }

    public bool HasRouteTo(IPAddress address, IPAddress? source) => LocalRoute.Exists(address, source);

    /// <summary>Ends every attempt that is under way; each is still told of.</summary>
    public void Dispose() => _underWay.Dispose();

    private sealed class Connect : SocketAsyncEventArgs, IAttemptUnderWay
    {
        private static readonly LingerOption ResetOnClose = new(true, 0);

        private readonly EventArgsConnector _owner;
        private readonly ConnectAttempt _attempt;
        private Socket? _socket;
        private SocketError _abortedWith;

        public Connect(EventArgsConnector owner, ConnectAttempt attempt)
        {
            _owner = owner;
            _attempt = attempt;
        }

        public bool Start()
        {
            _abortedWith = SocketError.Success;
            _attempt.MetItself = false;
            _attempt.StartedAt = Stopwatch.GetTimestamp();
            try
            {
                _socket = new Socket(_attempt.RemoteEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                if (_attempt.Source is { } source)
                    _socket.Bind(new IPEndPoint(source, 0));
            }
            catch (SocketException error)
            {
                Finish(error.SocketErrorCode);
                return false;
            }
            WindowsConnect.TellAtOnce(_socket);
            RemoteEndPoint = _attempt.RemoteEndPoint;
            if (!_owner._underWay.TryEnter(this))
            {
                Finish(SocketError.OperationAborted);
                return false;
            }
            _attempt.StartedAt = Stopwatch.GetTimestamp();
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
        public void LookAfter(long now)
        {
            if (_attempt.ExpiresAt <= now && !HasAnswer())
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
            _owner.Ended?.Invoke(_attempt);
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
            _owner._underWay.Leave(this);
            Finish(error);
        }

        private void Finish(SocketError error)
        {
            _attempt.EndedAt = Stopwatch.GetTimestamp();
            if (error == SocketError.Success)
                error = Examine(_socket!);
            if (error == SocketError.OperationAborted && _abortedWith != SocketError.Success)
                error = _abortedWith;
            _attempt.Error = ConnectAttempt.OutcomeOf(error);
            if (_attempt is { Error: SocketError.Success, MetItself: false, KeepsConnection: true })
                _attempt.Connection = _socket;
            else
                _socket?.Dispose();
            _socket = null;
        }

        private SocketError Examine(Socket socket)
        {
            try
            {
                _attempt.MetItself = Equals(socket.LocalEndPoint, socket.RemoteEndPoint);
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
