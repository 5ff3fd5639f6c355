using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Sends off datagram probes, a connected socket each, so that what the network says of one is told (a refusal
/// comes as ICMP port unreachable, RFC 1122 section 4.1.3.1); a probe is sent again while nothing comes.</summary>
internal sealed class DatagramConnector : IConnector
{
    private readonly AttemptsUnderWay _underWay = new();

    // What is under way by its local port. Where this host probes itself, one probe may have the port that another asks;
    // what they say to each other answers neither.
    private readonly ConcurrentDictionary<int, Exchange> _byOwnPort = new();

    public string Name => "datagrams";

    public Action<ConnectAttempt>? Ended { get; set; }

    bool IConnector.Connect(ConnectAttempt attempt)
    {
        var exchange = (Exchange?)attempt.ConnectorState ?? new Exchange(this, attempt);
        attempt.ConnectorState = exchange;
        return exchange.Start();
    }

    public bool HasRouteTo(IPAddress address, IPAddress? source) => LocalRoute.Exists(address, source);

    /// <summary>Ends every attempt that is under way; each is still told of.</summary>
    public void Dispose() => _underWay.Dispose();

    private sealed class Exchange : SocketAsyncEventArgs, IAttemptUnderWay
    {
        private readonly DatagramConnector _owner;
        private readonly ConnectAttempt _attempt;
        private readonly byte[] _peeked = new byte[1];
        private Socket? _socket;
        private int _ownPort;
        private bool _peeks;
        private long _sendsAgainAt;
        private long _sendsAgainAfter;
        private SocketError _abortedWith;

        public Exchange(DatagramConnector owner, ConnectAttempt attempt)
        {
            _owner = owner;
            _attempt = attempt;
        }

        private DatagramRequest Request => _attempt.Request!;

        /// <returns>True when the probe is under way.</returns>
        public bool Start()
        {
            Prepare();
            try
            {
                _socket = Open();
                if (_attempt.MetItself)
                    End(SocketError.Success);
                else if (!_owner._underWay.TryEnter(this))
                    End(SocketError.OperationAborted);
                else
                    return SendAndListen(_socket);
            }
            catch (SocketException error)
            {
                End(error.SocketErrorCode);
            }
            catch (ObjectDisposedException)
            {
                End(SocketError.OperationAborted);
            }
            return false;
        }

        public void LookAfter(long now)
        {
            if (_socket is not { } socket)
                return;
            if (_attempt.ExpiresAt <= now)
            {
                // The answer may be here already, its completion waiting for a thread: then it is the answer that counts.
                if (!HasAnswer(socket))
                    Abort(SocketError.TimedOut);
                return;
            }
            if (_sendsAgainAt > now || _attempt.Sends >= _attempt.MostSends)
                return;
            _sendsAgainAt += _sendsAgainAfter;
            try
            {
                SendOnce(socket);
            }
            catch (SocketException error)
            {
                // What the network said of an earlier one is told to whichever call comes next.
                Abort(error.SocketErrorCode);
            }
            catch (ObjectDisposedException)
            {
                // It has been aborted, and its end is on its way.
            }
        }

        public void Abort(SocketError because)
        {
            _abortedWith = because;
            _socket?.Dispose();
        }

        protected override void OnCompleted(SocketAsyncEventArgs e)
        {
            if (IsUnderWay(_socket!))
                return;
            _owner.Ended?.Invoke(_attempt);
        }

        private void Prepare()
        {
            Peek();
            _abortedWith = SocketError.Success;
            _attempt.MetItself = false;
            _attempt.Reply = null;
            _attempt.Sends = 0;
            _attempt.StartedAt = Stopwatch.GetTimestamp();
            _sendsAgainAfter = (_attempt.ExpiresAt - _attempt.StartedAt) / _attempt.MostSends;
            _sendsAgainAt = _attempt.StartedAt + _sendsAgainAfter;
        }

        private Socket Open()
        {
            var remote = _attempt.RemoteEndPoint;
            var any = remote.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            RemoteEndPoint = new IPEndPoint(any, 0);
            var socket = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            try
            {
                DatagramErrors.TellAll(socket);
                if (_attempt.Source is not null || Request.IsAnsweredFromAnyPort)
                    socket.Bind(new IPEndPoint(_attempt.Source ?? any, 0));
                if (!Request.IsAnsweredFromAnyPort)
                    socket.Connect(remote);
                var local = (IPEndPoint)socket.LocalEndPoint!;
                if (_owner._byOwnPort.TryGetValue(remote.Port, out var other) && other.Request.IsAnsweredFromAnyPort && local.Address.Equals(remote.Address))
                    throw new SocketException((int)SocketError.AddressAlreadyInUse);
                _ownPort = local.Port;
                _owner._byOwnPort[_ownPort] = this;
                _attempt.MetItself = Request.IsAnsweredFromAnyPort ? local.Port == remote.Port : local.Equals(remote);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        private void SendOnce(Socket socket)
        {
            var payload = Request.CreatePayload(_attempt.Sends);
            if (Request.IsAnsweredFromAnyPort)
                socket.SendTo(payload, _attempt.RemoteEndPoint);
            else
                socket.Send(payload);
            _attempt.Sends++;
        }

        private bool SendAndListen(Socket socket)
        {
            SendOnce(socket);
            return Listen(socket);
        }

        private bool IsUnderWay(Socket socket)
        {
            try
            {
                return !Take(socket) && Listen(socket);
            }
            catch (ObjectDisposedException)
            {
                End(SocketError.OperationAborted);
                return false;
            }
        }

        /// <returns>False when it has ended.</returns>
        private bool Listen(Socket socket)
        {
            while (Request.IsAnsweredFromAnyPort ? !socket.ReceiveFromAsync(this) : !socket.ReceiveAsync(this))
            {
                if (Take(socket))
                    return false;
            }
            return true;
        }

        // A datagram is peeked at first, to be read in its size then; every probe would need the largest buffer otherwise.
        /// <returns>True when it has ended.</returns>
        private bool Take(Socket socket)
        {
            if (SocketError != SocketError.Success && !(_peeks && SocketError == SocketError.MessageSize))
            {
                End(SocketError);
                return true;
            }
            if (_peeks)
            {
                Read(Math.Max(1, socket.Available));
                return false;
            }
            var reply = Buffer!;
            Peek();
            var from = Request.IsAnsweredFromAnyPort ? (IPEndPoint)RemoteEndPoint! : _attempt.RemoteEndPoint;
            var isOwn = IsOwn(from);
            if (Request.IsAnsweredFromAnyPort && (isOwn || !from.Address.Equals(_attempt.RemoteEndPoint.Address)))
                return EndWhenOver();
            _attempt.MetItself = isOwn;
            Array.Resize(ref reply, BytesTransferred);
            _attempt.Reply = reply;
            End(SocketError.Success);
            return true;
        }

        private bool EndWhenOver()
        {
            if (_attempt.ExpiresAt > Stopwatch.GetTimestamp())
                return false;
            End(SocketError.TimedOut);
            return true;
        }

        private static bool HasAnswer(Socket socket)
        {
            try
            {
                return socket.Poll(0, SelectMode.SelectRead) || socket.Poll(0, SelectMode.SelectError);
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        }

        private bool IsOwn(IPEndPoint from) => _owner._byOwnPort.ContainsKey(from.Port) && LocalRoute.IsOwn(from.Address);

        private void Peek()
        {
            _peeks = true;
            SocketFlags = SocketFlags.Peek;
            SetBuffer(_peeked, 0, _peeked.Length);
        }

        private void Read(int size)
        {
            _peeks = false;
            SocketFlags = SocketFlags.None;
            SetBuffer(new byte[size], 0, size);
        }

        private void End(SocketError error)
        {
            _owner._underWay.Leave(this);
            _attempt.EndedAt = Stopwatch.GetTimestamp();
            _attempt.Error = error switch
            {
                SocketError.OperationAborted or SocketError.Interrupted when _abortedWith != SocketError.Success => _abortedWith,
                // Windows' word for a refusal.
                SocketError.ConnectionReset => SocketError.ConnectionRefused,
                SocketError.WouldBlock => SocketError.NoBufferSpaceAvailable,
                _ => error,
            };
            _socket?.Dispose();
            _socket = null;
            ((ICollection<KeyValuePair<int, Exchange>>)_owner._byOwnPort).Remove(new(_ownPort, this));
        }
    }
}
