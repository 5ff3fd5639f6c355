using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Where a server's connections are admitted, counted, and seen off.</summary>
internal sealed class ConnectionDesk
{
    private readonly ConcurrentDictionary<StreamSession, bool> _sessions = new();
    private readonly List<LoopConnection> _onLoop = [];
    private readonly TaskCompletionSource<bool> _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SocketFaults _faultsIn;
    private volatile SocketFaults _faultsOut;
    private volatile bool _isClosing;

    public ConnectionDesk(ServerOptions options, ServerLoop loop)
    {
        Options = options;
        Loop = loop;
        MaximumConnections = options.MaximumConnections;
        IdleTimeoutSeconds = options.IdleTimeoutSeconds;
        (_faultsIn, _faultsOut) = (options.FaultsIn, options.FaultsOut);
        HasFaults = _faultsIn.IsActive || _faultsOut.IsActive;
    }

    public ServerOptions Options { get; }

    public ServerLoop Loop { get; }

    public ServerCounters Counters { get; } = new();

    public ConnectionLog Log { get; } = new();

    public BufferPool Buffers { get; } = new();

    public int MaximumConnections { get; set; }

    public int IdleTimeoutSeconds { get; set; }

    public SocketFaults FaultsIn => _faultsIn;

    public SocketFaults FaultsOut => _faultsOut;

    /// <summary>Whether anything goes wrong on purpose.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>How many connections of the loop wait for nothing but their end.</summary>
    public int Lingering { get; set; }

    /// <summary>Whether something waits for time to pass.</summary>
    public bool WantsTicks => Lingering > 0 || (IdleTimeoutSeconds > 0 && Counters.Open > 0);

    /// <summary>Ends when no connection is open and none will be.</summary>
    public Task Empty => _empty.Task;

    /// <summary>Whether an exception says that the client reset the connection, or is gone.</summary>
    public static bool IsClientGone(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socketError)
                return socketError.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or
                    SocketError.NotConnected or SocketError.TimedOut;
        }
        return false;
    }

    /// <summary>Serves a connection, or refuses it; on the loop's thread.</summary>
    public void Admit(Socket socket, Listening listening)
    {
        try
        {
            if (Counters.Open >= MaximumConnections || _isClosing)
            {
                Counters.CountRefused();
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
                return;
            }
            if (listening.Protocol is not null)
                socket.NoDelay = true;
        }
        catch (SocketException)
        {
            // The client is gone already.
            socket.Dispose();
            return;
        }
        var record = RecordOf(socket, listening);
        Counters.CountAccepted();
        Log.Opened(record);
        Serve(socket, record);
    }

    /// <summary>A record of a connection.</summary>
    public ServerConnection RecordOf(Socket socket, Listening listening) => new(
        socket.RemoteEndPoint, listening.Port, listening.Protocol, Options.TranscriptBytes is { } bytes ? new SocketTranscript(bytes) : null);

    /// <summary>Changes what goes wrong; open connections are concerned as well.</summary>
    /// <returns>Ends when all are.</returns>
    public Task SetFaults(SocketFaults input, SocketFaults output)
    {
        (_faultsIn, _faultsOut) = (input, output);
        HasFaults = input.IsActive || output.IsActive;
        if (!HasFaults)
            return Task.CompletedTask;
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() =>
        {
            HandOverAll();
            done.SetResult(true);
        });
        return done.Task;
    }

    public void Received(ServerConnection record, byte[] bytes, int offset, int count)
    {
        record.Received(bytes, offset, count);
        Counters.CountReceived(count);
    }

    /// <summary>Counts bytes that are sent, or takes back, as a negative number, what was counted and did not go.</summary>
    public void CountSent(ServerConnection record, int count)
    {
        record.CountSent(count);
        Counters.CountSent(count);
    }

    /// <summary>Forgets a connection of the loop.</summary>
    public void Forget(LoopConnection connection)
    {
        var last = _onLoop[_onLoop.Count - 1];
        _onLoop[connection.Index] = last;
        last.Index = connection.Index;
        _onLoop.RemoveAt(_onLoop.Count - 1);
        if (connection.HasLingered)
            Lingering--;
    }

    /// <summary>Forgets a session.</summary>
    public void Forget(StreamSession session) => _sessions.TryRemove(session, out _);

    /// <summary>Notes that a connection has ended.</summary>
    public void Closed(ServerConnection record, ServerConnectionEnd end, string? error)
    {
        if (!record.Close(end, error))
            return;
        Log.Closed(record);
        if (Counters.CountClosed() == 0 && _isClosing)
            _empty.TrySetResult(true);
    }

    /// <summary>Admits no more; on the loop's thread.</summary>
    public void Close()
    {
        _isClosing = true;
        if (Counters.Open == 0)
            _empty.TrySetResult(true);
    }

    /// <summary>Ends every connection; on the loop's thread.</summary>
    public void CutAll()
    {
        while (_onLoop.Count > 0)
            _onLoop[_onLoop.Count - 1].Close(ServerConnectionEnd.Stopped, null);
        foreach (var session in _sessions.Keys)
            session.Abort(ServerConnectionEnd.Stopped);
    }

    /// <summary>Ends what has been idle for too long; on the loop's thread.</summary>
    public void LookAtAll()
    {
        var milliseconds = (int)Math.Min(int.MaxValue, IdleTimeoutSeconds * 1000L);
        for (var i = _onLoop.Count - 1; i >= 0; i--)
            _onLoop[i].Look(milliseconds);
        if (milliseconds == 0)
            return;
        foreach (var session in _sessions.Keys)
            session.Look(milliseconds);
    }

    private void Serve(Socket socket, ServerConnection record)
    {
        var conversation = (Options.Handler as ConversationHandler)?.Open(record);
        if (conversation is null || Options.Certificate is not null || HasFaults || Options.Engine == ServerEngine.Streams || _onLoop.Count >= Loop.Capacity)
        {
            Serve(new StreamSession(socket, record, this, conversation) { Reserved = Options.Handler is ForwardHandler ? DescriptorBudget.Reserve() : null });
            return;
        }
        var connection = new LoopConnection(socket, record, conversation, this);
        try
        {
            Loop.Add(connection);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            Counters.CountError();
            Closed(record, ServerConnectionEnd.HandlerFailed, error.Message);
            return;
        }
        connection.Index = _onLoop.Count;
        _onLoop.Add(connection);
        connection.Start();
    }

    private void Serve(StreamSession session)
    {
        _sessions[session] = true;
        _ = Task.Run(session.RunAsync);
    }

    private void HandOverAll()
    {
        for (var i = _onLoop.Count - 1; i >= 0; i--)
        {
            var connection = _onLoop[i];
            if (connection.HandOver() is not { } session)
                continue;
            Loop.Remove(connection);
            Forget(connection);
            Serve(session);
        }
    }
}
