using System;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A connection that is served as an asynchronous stream: for TLS, for faults, and for all that waits.</summary>
internal sealed class StreamSession : IReplySink, IDisposable
{
    private const int HandshakeMilliseconds = 10_000;
    private const int ConnectMilliseconds = 10_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly ServerConnection _record;
    private readonly ConnectionDesk _desk;
    private readonly Conversation? _conversation;
    private readonly MemoryStream _said = new();
    private long _lastActivity;
    private int _abortedAs;
    private volatile bool _isReset;

    /// <param name="socket">The connection, which is the session's own from now on.</param>
    /// <param name="record">What is told of it.</param>
    /// <param name="desk">The server's.</param>
    /// <param name="conversation">What answers; null when the server's handler is of another kind.</param>
    public StreamSession(Socket socket, ServerConnection record, ConnectionDesk desk, Conversation? conversation)
    {
        _socket = socket;
        // A network stream refuses another; on a loop it was one that does not block.
        _socket.Blocking = true;
        _record = record;
        _desk = desk;
        _conversation = conversation;
        _lastActivity = ServerLoop.Now;
    }

    /// <summary>The descriptor that it is still to open, set aside; null when it needs none.</summary>
    public DescriptorBudget.Lease? Reserved { get; init; }

    /// <summary>What had come before and was not answered; null when the conversation is new.</summary>
    public byte[]? Untaken { get; init; }

    /// <summary>What had been answered before and has not gone.</summary>
    public byte[] Pending { get; init; } = [];

    /// <summary>Whether the client had said all before.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Whether the server has said all.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Serves the connection to its end; never throws.</summary>
    public async Task RunAsync()
    {
        ServerConnectionEnd end;
        string? error = null;
        try
        {
            end = await ServeAsync().ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            (end, error) = Verdict(thrown);
        }
        Dispose(reset: end is ServerConnectionEnd.Fault or ServerConnectionEnd.TargetFailed && error is not null);
        _desk.Forget(this);
        _desk.Closed(_record, end, error);
    }

    /// <summary>Ends the connection.</summary>
    public void Abort(ServerConnectionEnd end)
    {
        if (Interlocked.CompareExchange(ref _abortedAs, (int)end, 0) == 0)
            Dispose(reset: false);
    }

    /// <summary>Ends the connection when nothing has come or gone for too long.</summary>
    public void Look(int idleMilliseconds)
    {
        if (ServerLoop.Now - Volatile.Read(ref _lastActivity) >= idleMilliseconds)
            Abort(ServerConnectionEnd.IdleTimeout);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Dispose(reset: false);

    void IReplySink.Send(byte[] bytes, int offset, int count) => _said.Write(bytes, offset, count);

    void IReplySink.End() => IsEnding = true;

    private async Task<ServerConnectionEnd> ServeAsync()
    {
        if (_desk.Options.Handler is ScriptHandler script)
            return await LetServeAsync(script).ConfigureAwait(false);
        using var plain = new NetworkStream(_socket, ownsSocket: false);
        using var tls = _desk.Options.Certificate is null ? null : new SslStream(plain, leaveInnerStreamOpen: true);
        if (tls is not null)
            await HandshakeAsync(tls).ConfigureAwait(false);
        return _desk.Options.Handler is ForwardHandler forward
            ? await ForwardAsync(tls ?? (Stream)plain, forward.Target).ConfigureAwait(false)
            : await ConverseAsync(tls ?? (Stream)plain).ConfigureAwait(false);
    }

    private async Task HandshakeAsync(SslStream tls)
    {
        using var guard = new DeadlineGuard(TimeSpan.FromMilliseconds(HandshakeMilliseconds), () => Abort(ServerConnectionEnd.TlsFailed), _stop.Token);
        try
        {
            await tls.AuthenticateAsServerAsync(_desk.Options.Certificate!, false, TlsVersions.Default, false).ConfigureAwait(false);
            _record.TlsProtocol = tls.SslProtocol.ToString();
        }
        catch (Exception error) when (error is AuthenticationException or IOException or ObjectDisposedException)
        {
            throw new AuthenticationException(error.GetBaseException().Message, error);
        }
    }

    private async Task<ServerConnectionEnd> ConverseAsync(Stream stream)
    {
        var (input, output) = (Line(() => _desk.FaultsIn), Line(() => _desk.FaultsOut));
        var reading = HasEnded ? Ended(input) : ReadAsync(stream, input, Received);
        var writing = WriteAsync(output, stream, Sent, () => EndSendingAsync(stream));
        await AllAsync(AnswerAsync(input, output), writing, reading).ConfigureAwait(false);
        return input.IsCut || output.IsCut ? ServerConnectionEnd.Fault : IsEnding ? ServerConnectionEnd.ServerClosed : ServerConnectionEnd.ClientClosed;

        static Task Ended(FaultLine line)
        {
            line.Complete();
            return Task.CompletedTask;
        }
    }

    private async Task AnswerAsync(FaultLine input, FaultLine output)
    {
        await output.WriteAsync(Pending, 0, Pending.Length).ConfigureAwait(false);
        if (Untaken is null)
            _conversation!.Opened(this);
        await SayAsync(output).ConfigureAwait(false);
        if (Untaken is { Length: > 0 } untaken)
            await FeedAsync(new ArraySegment<byte>(untaken), output).ConfigureAwait(false);
        while (!IsEnding)
        {
            if (await input.ReadAsync().ConfigureAwait(false) is { } piece)
            {
                await FeedAsync(piece, output).ConfigureAwait(false);
                continue;
            }
            _conversation!.Ended(this);
            await SayAsync(output).ConfigureAwait(false);
            break;
        }
        input.Discard();
        output.Complete();
    }

    private async Task FeedAsync(ArraySegment<byte> piece, FaultLine output)
    {
        for (var taken = 0; taken < piece.Count && !IsEnding;)
        {
            taken += _conversation!.Receive(piece.Array!, piece.Offset + taken, piece.Count - taken, this);
            await SayAsync(output).ConfigureAwait(false);
        }
    }

    private async Task SayAsync(FaultLine output)
    {
        if (_said.Length == 0)
            return;
        await output.WriteAsync(_said.GetBuffer(), 0, (int)_said.Length).ConfigureAwait(false);
        _said.SetLength(0);
        if (_said.Capacity > BufferPool.Length)
            _said.Capacity = 0;
    }

    private async Task<ServerConnectionEnd> ForwardAsync(Stream client, HostTarget target)
    {
        using var socket = await ConnectAsync(target).ConfigureAwait(false);
        using var closing = _stop.Token.Register(() => Close(socket, _isReset));
        socket.NoDelay = true;
        using var server = new NetworkStream(socket, ownsSocket: false);
        var (input, output) = (Line(() => _desk.FaultsIn), Line(() => _desk.FaultsOut));
        await AllAsync(
            ReadAsync(client, input, Received),
            OfTarget(WriteAsync(input, server, null, () => Ended(socket))),
            OfTarget(ReadAsync(server, output, null)),
            WriteAsync(output, client, Sent, () => EndSendingAsync(client))).ConfigureAwait(false);
        return input.IsCut || output.IsCut ? ServerConnectionEnd.Fault : ServerConnectionEnd.ClientClosed;

        static Task Ended(Socket socket)
        {
            socket.Shutdown(SocketShutdown.Send);
            return Task.CompletedTask;
        }
    }

    private async Task<Socket> ConnectAsync(HostTarget target)
    {
        try
        {
            using var descriptor = Reserved;
            return await new SocketDialer(new HostResolver())
                .ConnectAsync(target, AddressFamily.Unspecified, new Deadline(ConnectMilliseconds), _stop.Token).ConfigureAwait(false);
        }
        catch (SocketToolsException error)
        {
            throw new TargetException(error);
        }
    }

    // What goes wrong on that side is not the client's doing.
    private static async Task OfTarget(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new TargetException(error);
        }
    }

    private async Task<ServerConnectionEnd> LetServeAsync(ScriptHandler script)
    {
        var transport = new SocketStream(_socket);
        using var tls = _desk.Options.Certificate is null ? null : new SslStream(transport, leaveInnerStreamOpen: true);
        if (tls is not null)
        {
            transport.ReadLimit = transport.WriteLimit = new WaitLimit(HandshakeMilliseconds, _stop.Token);
            // Such a handshake blocks its thread, which must not be one of the pool's.
            await Task.Factory.StartNew(() => HandshakeAsync(tls).GetAwaiter().GetResult(), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        using var connection = new SocketConnection(_socket, transport, tls, _record.Transcript) { Noted = Count };
        await script.Serve(connection, _stop.Token).ConfigureAwait(false);
        return ServerConnectionEnd.ServerClosed;
    }

    private void Count(TranscriptDirection direction, byte[] bytes, int offset, int count)
    {
        Volatile.Write(ref _lastActivity, ServerLoop.Now);
        if (direction == TranscriptDirection.Sent)
        {
            _desk.CountSent(_record, count);
            return;
        }
        _record.CountReceived(bytes, offset, count);
        _desk.Counters.CountReceived(count);
    }

    private FaultLine Line(Func<SocketFaults> faults) => new(faults, _stop.Token);

    private async Task ReadAsync(Stream stream, FaultLine line, Action<byte[], int, int>? note)
    {
        int count;
        do
        {
            if (ServerTls.WaitsWithoutBuffer)
                await stream.ReadAsync([], 0, 0).ConfigureAwait(false);
            var buffer = _desk.Buffers.Take();
            count = await stream.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false);
            Volatile.Write(ref _lastActivity, ServerLoop.Now);
            if (count > 0)
            {
                note?.Invoke(buffer, 0, count);
                await line.WriteAsync(buffer, 0, count).ConfigureAwait(false);
            }
            _desk.Buffers.Give(buffer);
        }
        while (count > 0);
        line.Complete();
    }

    private async Task WriteAsync(FaultLine line, Stream stream, Action<byte[], int, int>? note, Func<Task> end)
    {
        while (await line.ReadAsync().ConfigureAwait(false) is { } piece)
        {
            // Noted before it goes: who has the answer finds it noted.
            note?.Invoke(piece.Array!, piece.Offset, piece.Count);
            await stream.WriteAsync(piece.Array!, piece.Offset, piece.Count).ConfigureAwait(false);
            Volatile.Write(ref _lastActivity, ServerLoop.Now);
        }
        await end().ConfigureAwait(false);
    }

    private async Task EndSendingAsync(Stream stream)
    {
        if (stream is SslStream tls)
            await ServerTls.EndSendingAsync(tls).ConfigureAwait(false);
        _socket.Shutdown(SocketShutdown.Send);
        // A client that does not end its side is not waited for for ever.
        if (_conversation is not null)
            _ = Task.Delay(LoopConnection.LingerMilliseconds, _stop.Token).ContinueWith(_ => Abort(ServerConnectionEnd.ServerClosed), _stop.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    // The first failure ends all; it is the one that counts.
    private async Task AllAsync(params Task[] tasks)
    {
        var left = tasks.ToList();
        Exception? first = null;
        while (left.Count > 0)
        {
            var ended = await Task.WhenAny(left).ConfigureAwait(false);
            left.Remove(ended);
            if (ended.Exception?.GetBaseException() is null && !ended.IsCanceled)
                continue;
            first ??= ended.Exception?.InnerException ?? new OperationCanceledException();
            Dispose(reset: first is TargetException or FaultResetException);
        }
        if (first is not null)
            ExceptionDispatchInfo.Capture(first).Throw();
    }

    private void Received(byte[] bytes, int offset, int count) => _desk.Received(_record, bytes, offset, count);

    private void Sent(byte[] bytes, int offset, int count)
    {
        _desk.CountSent(_record, count);
        _record.Transcript?.Add(TranscriptDirection.Sent, bytes, offset, count);
    }

    private void Dispose(bool reset)
    {
        _isReset |= reset;
        Close(_socket, reset);
        Reserved?.Dispose();
        _stop.Cancel();
    }

    private static void Close(Socket socket, bool reset)
    {
        try
        {
            if (reset)
                socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
        socket.Dispose();
    }

    private (ServerConnectionEnd End, string? Error) Verdict(Exception error)
    {
        if (_abortedAs is not 0 and var aborted)
        {
            if (aborted == (int)ServerConnectionEnd.TlsFailed)
                _desk.Counters.CountError();
            return ((ServerConnectionEnd)aborted, null);
        }
        switch (error)
        {
            case FaultResetException:
                return (ServerConnectionEnd.Fault, error.Message);
            case AuthenticationException when !ConnectionDesk.IsClientGone(error):
                _desk.Counters.CountError();
                return (ServerConnectionEnd.TlsFailed, error.Message);
            case TargetException:
                _desk.Counters.CountError();
                return (ServerConnectionEnd.TargetFailed, error.Message);
            case not SocketToolsException when ConnectionDesk.IsClientGone(error) || error is OperationCanceledException or ObjectDisposedException:
                return (ServerConnectionEnd.ClientReset, null);
            // Of all that serves, only a script reads and writes anything but the client's stream.
            case IOException when _desk.Options.Handler is not ScriptHandler && error.InnerException is null:
                return (ServerConnectionEnd.ClientReset, null);
            case IOException when _desk.Options.Handler is not ScriptHandler && _desk.Options.Certificate is not null:
                _desk.Counters.CountError();
                return (ServerConnectionEnd.TlsFailed, error.GetBaseException().Message);
            default:
                _desk.Counters.CountError();
                return (ServerConnectionEnd.HandlerFailed, error.Message);
        }
    }
}
