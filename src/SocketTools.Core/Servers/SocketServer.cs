using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A TCP server of this process: it accepts connections and lets a handler serve each, until it is stopped.</summary>
public sealed class SocketServer : IDisposable
{
    private const int PauseMilliseconds = 50;

    private readonly Socket _listener;
    private readonly IConnectionHandler _handler;
    private readonly ConcurrentDictionary<Socket, bool> _connections = new();
    private readonly TaskCompletionSource<bool> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _accepted;
    private long _bytesReceived;
    private long _bytesSent;
    private long _errors;
    private int _stopping;

    private SocketServer(Socket listener, IConnectionHandler handler)
    {
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        _listener = listener;
        _handler = handler;
        Address = endPoint.Address.ToString();
        ComputerName = ReachableFrom(endPoint.Address).ToString();
        Port = endPoint.Port;
        Handler = handler.Name;
        StartTime = DateTime.UtcNow;
        Source = Environment.MachineName;
    }

    /// <summary>The address by which this computer reaches it, as text: the one that it listens on, or the loopback
    /// address of that family when it listens on all.</summary>
    public string ComputerName { get; }

    /// <summary>The address that it listens on, as text.</summary>
    public string Address { get; }

    /// <summary>The port that it listens on: the real one, also when any free port was asked for.</summary>
    public int Port { get; }

    /// <summary>The protocol.</summary>
    public TransportProtocol Protocol { get; } = TransportProtocol.Tcp;

    /// <summary>What it does with a connection.</summary>
    public string Handler { get; }

    /// <summary>Whether it still accepts connections.</summary>
    public ServerState State => Volatile.Read(ref _stopping) == 0 ? ServerState.Running : ServerState.Stopped;

    /// <summary>How many connections are open.</summary>
    public int ConnectionsOpen => _connections.Count;

    /// <summary>How many connections it has accepted.</summary>
    public long ConnectionsAccepted => Interlocked.Read(ref _accepted);

    /// <summary>How many bytes its clients have sent.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>How many bytes it has sent.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>How many times serving or accepting a connection failed. A client that resets its connection is none.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>When it was started, in UTC.</summary>
    public DateTime StartTime { get; }

    /// <summary>The computer that it runs on.</summary>
    public string Source { get; }

    /// <summary>Ends when the server has stopped and closed its last connection.</summary>
    internal Task Completion => _stopped.Task;

    /// <summary>Opens a listener and starts to serve.</summary>
    /// <param name="endPoint">The address, and the port or 0 for any free one.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="handler">What serves a connection.</param>
    /// <exception cref="SocketOperationException">The end point cannot be listened on.</exception>
    internal static SocketServer Start(IPEndPoint endPoint, int backlog, IConnectionHandler handler)
    {
        Socket? listener = null;
        try
        {
            listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            ListenerOptions.MakeExclusive(listener);
            listener.Bind(endPoint);
            listener.Listen(backlog);
        }
        catch (SocketException error)
        {
            listener?.Dispose();
            var where = HostTarget.Join(endPoint.Address.ToString(), endPoint.Port);
            var failure = Failure.OfLocal(error.SocketErrorCode);
            throw new SocketOperationException(
                $"Cannot listen on {where}: {failure.Reason} ({failure.ErrorName}). {Remedy.ForListening(failure.Reason)}", where, failure, error);
        }
        var server = new SocketServer(listener, handler);
        _ = server.AcceptAsync();
        return server;
    }

    /// <summary>Stops listening and closes every connection; the port is free when this returns.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _stopping, 1) != 0)
            return;
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
            connection.Dispose();
    }

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();

    /// <summary>The end point and what it does.</summary>
    public override string ToString() => $"{HostTarget.Join(Address, Port)} {Handler} ({State})";

    internal void CountReceived(int bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    internal void CountSent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    private async Task AcceptAsync()
    {
        while (State == ServerState.Running)
        {
            try
            {
                var connection = await Task.Factory.FromAsync(_listener.BeginAccept, _listener.EndAccept, null).ConfigureAwait(false);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(connection);
            }
            catch (SocketException) when (State == ServerState.Running)
            {
                // A client that is gone already, or a shortage of descriptors, which lasts: do not spin on it.
                Interlocked.Increment(ref _errors);
                await Task.Delay(PauseMilliseconds).ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                break;
            }
        }
        if (_connections.IsEmpty)
            _stopped.TrySetResult(true);
    }

    private static bool IsClientGone(Exception error) =>
        (error as SocketException ?? error.InnerException as SocketException)?.SocketErrorCode is
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected;

    private static IPAddress ReachableFrom(IPAddress listening) =>
        listening.Equals(IPAddress.Any) ? IPAddress.Loopback :
        listening.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listening;

    private async Task ServeAsync(Socket connection)
    {
        _connections[connection] = true;
        try
        {
            if (State == ServerState.Running)
                await _handler.ServeAsync(connection, this).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Stopping closes connections under their handlers, and clients reset theirs; any other fault is counted, and
            // whatever it is, it stays with its connection.
            if (State == ServerState.Running && !IsClientGone(error))
                Interlocked.Increment(ref _errors);
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
            if (State == ServerState.Stopped && _connections.IsEmpty)
                _stopped.TrySetResult(true);
        }
    }
}
