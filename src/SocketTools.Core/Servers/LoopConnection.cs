using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>A connection that the server's loop serves: what comes is answered at once, and what the client does not take yet keeps it
/// from being read.</summary>
internal sealed class LoopConnection : PolledSocket, IReplySink
{
    /// <summary>How long the server, having said all, takes what a client still sends: closing earlier would reset the connection and
    /// the answer with it.</summary>
    public const int LingerMilliseconds = 2000;

    private readonly ConnectionDesk _desk;
    private readonly Conversation _conversation;
    private byte[] _pending = [];
    private int _pendingStart;
    private int _pendingCount;
    private byte[] _untaken = [];
    private bool _hasEnded;
    private bool _isEnding;
    private bool _isLingering;
    private long _lastActivity;

    public LoopConnection(Socket socket, ServerConnection record, Conversation conversation, ConnectionDesk desk)
        : base(socket)
    {
        Record = record;
        _conversation = conversation;
        _desk = desk;
        _lastActivity = ServerLoop.Now;
    }

    /// <summary>What is told of it.</summary>
    public ServerConnection Record { get; }

    /// <summary>Its place in the desk's list.</summary>
    public int Index { get; set; }

    /// <summary>Whether it waits for nothing but its end.</summary>
    public bool HasLingered => _isLingering;

    /// <summary>Begins to serve.</summary>
    public void Start() => Guarded(static connection =>
    {
        connection._conversation.Opened(connection);
        connection.GoOn();
    });

    public override void Ready(bool canRead, bool canWrite)
    {
        try
        {
            if (canWrite && _pendingCount > 0)
            {
                Flush();
                if (_pendingCount == 0)
                    GoOn();
            }
            if (canRead && WantsToRead && Slot >= 0)
                Read();
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    /// <summary>Ends the connection when it has been idle for too long, or has lingered long enough.</summary>
    public void Look(int idleMilliseconds)
    {
        var idle = ServerLoop.Now - _lastActivity;
        if (_isLingering && idle >= LingerMilliseconds)
            Close(ServerConnectionEnd.ServerClosed, null);
        else if (idleMilliseconds > 0 && idle >= idleMilliseconds)
            Close(ServerConnectionEnd.IdleTimeout, null);
    }

    /// <summary>Gives the connection to who serves it from now on.</summary>
    /// <returns>Null when it only waits for its end.</returns>
    public StreamSession? HandOver()
    {
        if (_isLingering)
            return null;
        var pending = new byte[_pendingCount];
        Buffer.BlockCopy(_pending, _pendingStart, pending, 0, _pendingCount);
        return new StreamSession(Socket, Record, _desk, _conversation) { Untaken = _untaken, Pending = pending, HasEnded = _hasEnded, IsEnding = _isEnding };
    }

    /// <summary>Ends the connection.</summary>
    public void Close(ServerConnectionEnd end, string? error)
    {
        if (Slot < 0)
            return;
        _desk.Loop.Remove(this);
        SetPending([], 0);
        _desk.Forget(this);
        // Noted before the client sees the end.
        _desk.Closed(Record, end, error);
        Socket.Dispose();
    }

    void IReplySink.Send(byte[] bytes, int offset, int count)
    {
        if (_pendingCount == 0)
        {
            var sent = Send(bytes, offset, count);
            offset += sent;
            count -= sent;
        }
        if (count > 0)
            Keep(bytes, offset, count);
    }

    void IReplySink.End() => _isEnding = true;

    private void Read()
    {
        var buffer = _desk.Loop.Buffer;
        var count = Socket.Receive(buffer.Bytes, buffer.Start, buffer.Length, SocketFlags.None, out var error);
        if (error != SocketError.Success)
        {
            if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
                throw new SocketException((int)error);
            return;
        }
        _lastActivity = _isLingering ? _lastActivity : ServerLoop.Now;
        if (count == 0)
        {
            _hasEnded = true;
            if (!_isLingering && !_isEnding)
                _conversation.Ended(this);
        }
        else
        {
            _desk.Received(Record, buffer.Bytes, buffer.Start, count);
            if (!_isLingering)
                Feed(buffer.Bytes, buffer.Start, count);
        }
        GoOn();
    }

    private void Feed(byte[] bytes, int start, int count)
    {
        var taken = 0;
        while (taken < count && _pendingCount == 0 && !_isEnding)
            taken += _conversation.Receive(bytes, start + taken, count - taken, this);
        _untaken = [];
        if (taken == count || _isEnding)
            return;
        _untaken = new byte[count - taken];
        Buffer.BlockCopy(bytes, start + taken, _untaken, 0, _untaken.Length);
    }

    // What is next: to send, to go on with what was not taken, to end, or to read.
    private void GoOn()
    {
        while (_pendingCount == 0 && _untaken.Length > 0 && !_isEnding)
            Feed(_untaken, 0, _untaken.Length);
        if (_pendingCount == 0 && _isEnding && !_hasEnded && !_isLingering)
        {
            Socket.Shutdown(SocketShutdown.Send);
            _isLingering = true;
            _desk.Lingering++;
        }
        if (_hasEnded && _pendingCount == 0)
            Close(_isEnding ? ServerConnectionEnd.ServerClosed : ServerConnectionEnd.ClientClosed, null);
        else if (Slot >= 0)
            WaitFor(read: _pendingCount == 0, write: _pendingCount > 0);
    }

    private void WaitFor(bool read, bool write)
    {
        if (read == WantsToRead && write == WantsToWrite)
            return;
        WantsToRead = read;
        WantsToWrite = write;
        _desk.Loop.Change(this);
    }

    private int Send(byte[] bytes, int offset, int count)
    {
        if (Record.Transcript is not { } transcript)
            return SendCounted(bytes, offset, count);
        // Who has the answer and looks at the transcript waits until it is there.
        lock (transcript.Gate)
        {
            var sent = SendCounted(bytes, offset, count);
            transcript.Add(TranscriptDirection.Sent, bytes, offset, sent);
            return sent;
        }
    }

    // Counted before it goes: who has the answer finds it counted.
    private int SendCounted(byte[] bytes, int offset, int count)
    {
        _desk.CountSent(Record, count);
        var sent = Socket.Send(bytes, offset, count, SocketFlags.None, out var error);
        if (sent < count)
            _desk.CountSent(Record, sent - count);
        if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.Interrupted or SocketError.NoBufferSpaceAvailable))
            throw new SocketException((int)error);
        if (sent > 0)
            _lastActivity = ServerLoop.Now;
        return sent;
    }

    private void Flush()
    {
        var sent = Send(_pending, _pendingStart, _pendingCount);
        _pendingStart += sent;
        _pendingCount -= sent;
        if (_pendingCount == 0)
            SetPending([], 0);
    }

    private void Keep(byte[] bytes, int offset, int count)
    {
        var kept = _pending;
        if (_pending.Length - _pendingStart - _pendingCount < count)
        {
            kept = _desk.Buffers.Take(_pendingCount + count);
            Buffer.BlockCopy(_pending, _pendingStart, kept, 0, _pendingCount);
            var all = _pendingCount;
            SetPending(kept, all);
        }
        Buffer.BlockCopy(bytes, offset, kept, _pendingStart + _pendingCount, count);
        _pendingCount += count;
    }

    private void SetPending(byte[] bytes, int count)
    {
        _desk.Buffers.Give(_pending);
        _pending = bytes;
        _pendingStart = 0;
        _pendingCount = count;
    }

    private void Guarded(Action<LoopConnection> work)
    {
        try
        {
            work(this);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private void Fail(Exception error)
    {
        if (Slot < 0)
            return;
        if (ConnectionDesk.IsClientGone(error))
        {
            Close(_isLingering ? ServerConnectionEnd.ServerClosed : ServerConnectionEnd.ClientReset, null);
            return;
        }
        _desk.Counters.CountError();
        Close(ServerConnectionEnd.HandlerFailed, error.Message);
    }
}
