using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace SocketTools;

/// <summary>Sends requests: small ones at once, on the caller's thread; others on one beside it, since a server may answer, and
/// stop reading, before it has the whole request.</summary>
internal sealed class RequestSender : IDisposable
{
    private const int SmallEnough = 16 * 1024;

    private readonly HttpLink _link;
    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellation;
    private RequestUpload? _upload;

    /// <param name="link">Where they go.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellation">Stops soon.</param>
    public RequestSender(HttpLink link, Deadline deadline, CancellationToken cancellation)
    {
        _link = link;
        _deadline = deadline;
        _cancellation = cancellation;
    }

    /// <summary>Why sending failed; null when it did not. What is read tells more, if anything is.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Starts to send, in this order; what was started before must have ended.</summary>
    public void Start(params OutgoingRequest[] requests)
    {
        _upload?.Dispose();
        _upload = null;
        if (Array.TrueForAll(requests, static r => r.IsPlain) && LengthOf(requests) <= SmallEnough)
            Send(requests, _cancellation);
        else
            _upload = Upload(requests);
    }

    /// <summary>Waits until all is sent, so that others can be.</summary>
    /// <returns>Whether it was, and in time.</returns>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public bool TryFinish()
    {
        var isInTime = _upload?.TryFinish(_deadline, _cancellation) ?? true;
        _cancellation.ThrowIfCancellationRequested();
        return isInTime && Fault is null;
    }

    /// <inheritdoc cref="RequestUpload.Dispose"/>
    public void Dispose() => _upload?.Dispose();

    private RequestUpload Upload(OutgoingRequest[] requests) => new(stop => Send(requests, stop), _cancellation);

    private void Send(OutgoingRequest[] requests, CancellationToken stop)
    {
        var limit = _link.Transport.WriteLimit = new WaitLimit(_deadline, stop);
        try
        {
            var batch = new MemoryStream((int)Math.Min(SmallEnough, LengthOf(requests)));
            var sent = 0;
            // Nothing may follow a head whose body stays here: the server would take it for that body.
            while (sent < requests.Length && TrySend(requests[sent], batch, limit, stop))
                sent++;
            Flush(batch);
            var now = Stopwatch.GetTimestamp();
            for (var i = 0; i < sent; i++)
                requests[i].SentAt = requests[i].SentAt == 0 ? now : requests[i].SentAt;
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            Fault = error;
        }
        catch (SocketToolsException error)
        {
            // Half a request gets no answer.
            Fault = error;
            _link.Abort();
        }
    }

    private bool TrySend(OutgoingRequest request, MemoryStream batch, WaitLimit limit, CancellationToken stop)
    {
        request.StartedAt = Stopwatch.GetTimestamp();
        Write(request, batch, request.Head, request.Head.Length, limit);
        if (request.Gate is { } gate)
        {
            Flush(batch);
            if (!gate.Wait(stop))
            {
                request.SentAt = Stopwatch.GetTimestamp();
                return false;
            }
        }
        if (request.HasBody)
            SendBody(request, batch, limit);
        if (request.IsPlain)
            return true;
        Flush(batch);
        request.SentAt = Stopwatch.GetTimestamp();
        return true;
    }

    private void SendBody(OutgoingRequest request, MemoryStream batch, WaitLimit limit) =>
        request.WriteBody((bytes, count) => Write(request, batch, bytes, count, limit));

    // Many small requests go in few calls.
    private void Write(OutgoingRequest request, MemoryStream batch, byte[] bytes, int count, WaitLimit limit)
    {
        if (count >= SmallEnough)
        {
            Flush(batch);
            WriteBlocks(request, bytes, count, limit);
            return;
        }
        // A write that need not wait does not look at the clock, and a stream may have no end.
        limit.Check();
        request.Note(bytes, 0, count);
        batch.Write(bytes, 0, count);
        if (batch.Length >= SmallEnough)
            Flush(batch);
    }

    // An answer may come before a write returns: what goes out is noted before, and taken back when the system did not take it.
    private void WriteBlocks(OutgoingRequest request, byte[] bytes, int count, WaitLimit limit)
    {
        for (var offset = 0; offset < count; offset += HttpBody.BlockBytes)
        {
            limit.Check();
            var length = Math.Min(HttpBody.BlockBytes, count - offset);
            request.Note(bytes, offset, length);
            try
            {
                _link.Stream.Write(bytes, offset, length);
            }
            catch (Exception error) when (ConnectionFault.IsOne(error))
            {
                request.TakeBack(length);
                throw;
            }
        }
    }

    private static long LengthOf(OutgoingRequest[] requests)
    {
        var length = 0L;
        foreach (var request in requests)
            length += request.LengthInMemory;
        return length;
    }

    private void Flush(MemoryStream batch)
    {
        _link.Stream.Write(batch.GetBuffer(), 0, (int)batch.Length);
        batch.SetLength(0);
    }
}
