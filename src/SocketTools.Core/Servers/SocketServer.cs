using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A server of this process: it listens until it is stopped, and serves any number of clients meanwhile.</summary>
public sealed class SocketServer : IDisposable
{
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(5);

    private readonly ConnectionDesk _desk;
    private readonly ServerLoop _loop;
    private readonly ServerPorts _ports;
    private readonly ServerNotices _notices;
    private readonly TaskCompletionSource<bool> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<Delegate, Action<ServerConnection, bool>> _listeners = [];
    private int _stopping;
    private volatile bool _isStopped;

    private SocketServer(ServerOptions options)
    {
        _loop = new ServerLoop(options.Engine == ServerEngine.Portable);
        _desk = new ConnectionDesk(options, _loop);
        _notices = new ServerNotices(_desk.Counters.CountError);
        _ports = new ServerPorts(_desk);
        _loop.Failed = _ => _desk.Counters.CountError();
        _loop.WantsTicks = () => _desk.WantsTicks || _ports.WantsTicks;
        _loop.Ticked = () =>
        {
            _desk.LookAtAll();
            _ports.Look();
        };
        Handler = options.Handler.Name;
        Protocol = options.UnixPath is null ? options.Protocols.ToArray() : Array.Empty<TransportProtocol>();
        UnixSocket = options.UnixPath;
        Certificate = options.Certificate is null ? null : ServerTls.PublicPartOf(options.Certificate);
    }

    /// <summary>Raised when a connection was accepted, and for a new client over UDP; on a thread that serves nobody.</summary>
    public event EventHandler<ServerConnectionEventArgs> ConnectionOpened
    {
        add => Listen(value, opened: true);
        remove => Unlisten(value);
    }

    /// <summary>Raised when a connection has ended; on a thread that serves nobody.</summary>
    public event EventHandler<ServerConnectionEventArgs> ConnectionClosed
    {
        add => Listen(value, opened: false);
        remove => Unlisten(value);
    }

    /// <summary>The address by which this computer reaches it, as text: the first that it listens on, or the loopback
    /// address of that family when that is all; this computer's name for a Unix socket.</summary>
    public string ComputerName => UnixSocket is null ? ReachableFrom(FirstEndPoint.Address).ToString() : ThisComputer.Name;

    /// <summary>The first address that it listens on, as text; the path of a Unix socket.</summary>
    public string Address => UnixSocket ?? FirstEndPoint.Address.ToString();

    /// <summary>The port that it listens on: the real one, also when any free port was asked for; 0 for a Unix socket.</summary>
    public int Port => UnixSocket is null ? FirstEndPoint.Port : 0;

    /// <summary>The protocols; none for a Unix socket.</summary>
    public IReadOnlyList<TransportProtocol> Protocol { get; }

    /// <summary>Everything that it listens on, such as <c>tcp 127.0.0.1:9000</c>.</summary>
    public IReadOnlyList<string> EndPoints => _ports.Names;

    /// <summary>The path of the Unix socket that it listens on; null without one.</summary>
    public string? UnixSocket { get; }

    /// <summary>What it does with its clients.</summary>
    public string Handler { get; }

    /// <summary>The server that connections are forwarded to, with its port; null when they are not.</summary>
    public string? ForwardTo => (_desk.Options.Handler as ForwardHandler)?.Target.ToString();

    /// <summary>Whether it serves.</summary>
    public ServerState State =>
        _isStopped ? ServerState.Stopped : Volatile.Read(ref _stopping) != 0 ? ServerState.Draining : _ports.IsRefusing ? ServerState.Refusing : ServerState.Running;

    /// <summary>The certificate that it shows, without the key; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>How many connections may be open.</summary>
    public int MaximumConnections => _desk.MaximumConnections;

    /// <summary>How long a connection may be idle, in seconds; for ever when 0.</summary>
    public int IdleTimeoutSeconds => _desk.IdleTimeoutSeconds;

    /// <summary>What goes wrong, on purpose, on the way from the clients.</summary>
    public SocketFaults FaultsIn => _desk.FaultsIn;

    /// <summary>What goes wrong, on purpose, on the way to the clients.</summary>
    public SocketFaults FaultsOut => _desk.FaultsOut;

    /// <summary>How many connections are open.</summary>
    public int ConnectionsOpen => (int)_desk.Counters.Open;

    /// <summary>How many connections it has accepted to serve.</summary>
    public long ConnectionsAccepted => _desk.Counters.Accepted;

    /// <summary>How many connections it has reset at once, because too many were open.</summary>
    public long ConnectionsRefused => _desk.Counters.Refused;

    /// <summary>How many datagrams have come.</summary>
    public long DatagramsReceived => _desk.Counters.DatagramsReceived;

    /// <summary>How many datagrams it has sent.</summary>
    public long DatagramsSent => _desk.Counters.DatagramsSent;

    /// <summary>How many bytes its clients have sent.</summary>
    public long BytesReceived => _desk.Counters.BytesReceived;

    /// <summary>How many bytes it has sent.</summary>
    public long BytesSent => _desk.Counters.BytesSent;

    /// <summary>How many times serving or accepting a connection failed. A client that resets its connection is none.</summary>
    public long Errors => _desk.Counters.Errors;

    /// <summary>The newest connections, open and ended, 1,000 at most.</summary>
    public IReadOnlyList<ServerConnection> Connections => _desk.Log.Newest;

    /// <summary>When it was started, in UTC.</summary>
    public DateTime StartTime { get; } = DateTime.UtcNow;

    /// <summary>The computer that it runs on.</summary>
    public string Source { get; } = ThisComputer.Name;

    /// <summary>Ends when the server has stopped and closed its last connection.</summary>
    internal Task Completion => _stopped.Task;

    /// <summary>How it waits for its sockets.</summary>
    internal string LoopName => _loop.Name;

    internal ConnectionLog Log => _desk.Log;

    internal bool IsAccepting => _desk.Options.Handler is AcceptHandler;

    internal bool TakesFaults => _desk.Options.Handler is ConversationHandler or ForwardHandler;

    /// <summary>Opens what is to be listened on and starts to serve.</summary>
    /// <exception cref="SocketOperationException">It cannot be listened on.</exception>
    internal static SocketServer Start(ServerOptions options)
    {
        var server = new SocketServer(options);
        server._loop.Start("SocketTools server");
        try
        {
            server._ports.Open();
            return server;
        }
        catch
        {
            server._loop.End();
            throw;
        }
    }

    /// <summary>Stops listening and closes every connection; the port is free when this returns.</summary>
    public void Stop() => _ = StopAsync(0);

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();

    /// <summary>The end point and what it does.</summary>
    public override string ToString() => $"{(UnixSocket is null ? HostTarget.Join(Address, Port) : Address)} {Handler} ({State})";

    /// <summary>Stops listening, which is done when this returns, and closes every connection after a while.</summary>
    /// <param name="drainMilliseconds">How long the connections that are open may go on.</param>
    /// <returns>Ends when all are closed.</returns>
    internal Task StopAsync(int drainMilliseconds)
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 0)
        {
            _ports.Close(_desk.Close).Wait(TimeToClose);
            _ = DrainAsync(drainMilliseconds);
        }
        else if (drainMilliseconds == 0)
        {
            _loop.Post(_desk.CutAll);
        }
        return Completion;
    }

    /// <summary>Closes what it listens on for a while.</summary>
    internal void Refuse(int milliseconds) => _ports.Refuse(milliseconds);

    /// <summary>Changes what goes wrong.</summary>
    internal void SetFaults(SocketFaults input, SocketFaults output) => _desk.SetFaults(input, output).Wait(TimeToClose);

    /// <summary>Changes how many connections may be open.</summary>
    internal void SetMaximumConnections(int count) => _desk.MaximumConnections = count;

    /// <summary>Changes how long a connection may be idle, in seconds.</summary>
    internal void SetIdleTimeout(int seconds)
    {
        _desk.IdleTimeoutSeconds = seconds;
        _loop.Post(static () => { });
    }

    /// <summary>The next connection of a server that leaves them waiting.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    /// <returns>Null when the server was stopped.</returns>
    internal SocketConnection? Accept(WaitLimit limit) => new ConnectionTaker(_ports, _desk).Take(limit, () => State == ServerState.Running);

    private async Task DrainAsync(int milliseconds)
    {
        if (milliseconds > 0)
            await Task.WhenAny(_desk.Empty, Task.Delay(milliseconds)).ConfigureAwait(false);
        else
            _isStopped = true;
        _loop.Post(_desk.CutAll);
        await _desk.Empty.ConfigureAwait(false);
        _isStopped = true;
        _loop.End();
        _stopped.TrySetResult(true);
    }

    private IPEndPoint FirstEndPoint => (IPEndPoint)_ports.EndPoints[0];

    private static IPAddress ReachableFrom(IPAddress listening) =>
        listening.Equals(IPAddress.Any) ? IPAddress.Loopback :
        listening.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listening;

    private void Listen(EventHandler<ServerConnectionEventArgs> handler, bool opened)
    {
        Action<ServerConnection, bool> watcher = (connection, isOpen) =>
        {
            if (isOpen == opened)
                _notices.Add(() => handler(this, new ServerConnectionEventArgs(connection)));
        };
        lock (_listeners)
            _listeners[handler] = watcher;
        _desk.Log.Watch(watcher);
    }

    private void Unlisten(EventHandler<ServerConnectionEventArgs> handler)
    {
        lock (_listeners)
        {
            if (!_listeners.TryGetValue(handler, out var watcher))
                return;
            _desk.Log.Unwatch(watcher);
            _listeners.Remove(handler);
        }
    }
}
