using System;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A connected socket as a stream whose calls run on the caller's thread and end with a deadline, or soon after the
/// caller stops; TLS over it has both as well.</summary>
/// <remarks>The socket does not block: a call is tried at once, and waited for in short slices only if it would have to. One
/// thread may read while another writes.</remarks>
internal sealed class SocketStream : ForwardStream
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private static readonly long Soon = Stopwatch.Frequency / 10_000;

    private readonly Socket _socket;
    private bool _mayBeEmpty;

    public SocketStream(Socket socket)
    {
        _socket = socket;
        StreamCalls.Prepare(socket);
    }

    /// <summary>How long a read may wait.</summary>
    public WaitLimit? ReadLimit { get; set; }

    /// <summary>How long a write may wait.</summary>
    public WaitLimit? WriteLimit { get; set; }

    /// <summary>Whether a read has come to the end of what the peer sends.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How many bytes the system has taken to send.</summary>
    public long BytesWritten { get; private set; }

    public override bool CanWrite => true;

    /// <summary>What has come, or 0 when the peer has said all.</summary>
    /// <exception cref="SocketException">The socket failed.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            // After a read that did not fill the array nothing is there most often: asking is cheaper than failing.
            if (_mayBeEmpty)
                Wait(SocketError.WouldBlock, SelectMode.SelectRead, ReadLimit);
            var read = StreamCalls.Receive(_socket, buffer, offset, count, out var error);
            _mayBeEmpty = error == SocketError.Success && read < count;
            if (error == SocketError.Success)
            {
                HasEnded |= read == 0 && count > 0;
                return read;
            }
            Wait(error, SelectMode.SelectRead, ReadLimit);
        }
    }

    /// <summary>Whether there is something to read, or the peer has said all.</summary>
    public bool HasNews() => StreamCalls.Poll(_socket, 0, SelectMode.SelectRead);

    /// <summary>Sends all of it.</summary>
    /// <inheritdoc cref="Read(byte[], int, int)" path="/exception"/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            var written = StreamCalls.Send(_socket, buffer, offset, count, out var error);
            if (error != SocketError.Success)
            {
                Wait(error, SelectMode.SelectWrite, WriteLimit);
                continue;
            }
            BytesWritten += written;
            offset += written;
            count -= written;
        }
    }

    // Where the runtime knows an end of TLS only as a task, it ends here before it returns.
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Wait(SocketError error, SelectMode mode, WaitLimit? limit)
    {
        if (error is SocketError.Interrupted)
            return;
        if (error is not (SocketError.WouldBlock or SocketError.TryAgain or SocketError.IOPending or SocketError.NoBufferSpaceAvailable))
            throw new SocketException((int)error);
        // Whatever the answer, the call is tried again: of some failures only the call itself tells.
        var wait = (limit ?? throw new InvalidOperationException("No limit is set.")).NextWait(Slice);
        if (mode != SelectMode.SelectRead || !ComesSoon())
            StreamCalls.Poll(_socket, wait, mode);
    }

    // To be woken up takes longer than a server that is near needs for its answer.
    private bool ComesSoon()
    {
        if (Environment.ProcessorCount == 1)
            return false;
        var end = Stopwatch.GetTimestamp() + Soon;
        while (Stopwatch.GetTimestamp() < end)
        {
            if (StreamCalls.Poll(_socket, 0, SelectMode.SelectRead))
                return true;
        }
        return false;
    }
}
