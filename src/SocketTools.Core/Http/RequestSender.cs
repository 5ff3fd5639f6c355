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

    /// <inheritdoc cref="RequestUpload.HasKeptBodyBack"/>
    public bool HasKeptBodyBack => _upload is { HasKeptBodyBack: true };

    /// <summary>Starts to send, in this order; what was started before must have ended.</summary>
    public void Start(params OutgoingRequest[] requests)
    {
        _upload?.Dispose();
        _upload = null;
        if (Array.TrueForAll(requests, static r => r.IsPlain) && LengthOf(requests) <= SmallEnough)
            Send(requests, null, _cancellation);
        else
            _upload = Upload(requests);
    }

    /// <inheritdoc cref="RequestUpload.Continue"/>
    public void Continue() => _upload?.Continue();

    /// <inheritdoc cref="RequestUpload.Answered"/>
    public void Answered() => _upload?.Answered();

    /// <summary>Waits until all is sent, so that others can be.</summary>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public void Finish()
    {
        _upload?.Finish(_deadline, _cancellation);
        if (Fault is TimeoutException or OperationCanceledException)
            throw Fault;
    }

    /// <inheritdoc cref="RequestUpload.Dispose"/>
    public void Dispose() => _upload?.Dispose();

    private RequestUpload Upload(OutgoingRequest[] requests) => new((upload, stop) => Send(requests, upload, stop), _cancellation);

    private void Send(OutgoingRequest[] requests, RequestUpload? upload, CancellationToken stop)
    {
        _link.Transport.WriteLimit = new WaitLimit(_deadline, stop);
        try
        {
            var batch = new MemoryStream((int)Math.Min(SmallEnough, LengthOf(requests)));
            foreach (var request in requests)
                Send(request, batch, upload, stop);
            Flush(batch);
            var now = Stopwatch.GetTimestamp();
            foreach (var request in requests)
                request.SentAt = request.SentAt == 0 ? now : request.SentAt;
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

    private void Send(OutgoingRequest request, MemoryStream batch, RequestUpload? upload, CancellationToken stop)
    {
        request.StartedAt = Stopwatch.GetTimestamp();
        Write(request, batch, request.Head, request.Head.Length, stop);
        if (request.WaitsForContinue)
        {
            Flush(batch);
            if (upload is not null && !upload.WaitForServer(stop))
                return;
        }
        if (request.HasBody)
            SendBody(request, batch, stop);
        if (request.IsPlain)
            return;
        Flush(batch);
        request.SentAt = Stopwatch.GetTimestamp();
    }

    private void SendBody(OutgoingRequest request, MemoryStream batch, CancellationToken stop) =>
        request.WriteBody((bytes, count) => Write(request, batch, bytes, count, stop));

    // Many small requests go in few calls.
    private void Write(OutgoingRequest request, MemoryStream batch, byte[] bytes, int count, CancellationToken stop)
    {
        // A write that need not wait does not look at the clock, and a stream may have no end.
        stop.ThrowIfCancellationRequested();
        if (_deadline.HasPassed)
            throw new TimeoutException();
        request.Note(bytes, count);
        if (count >= SmallEnough)
        {
            Flush(batch);
            _link.Stream.Write(bytes, 0, count);
            return;
        }
        batch.Write(bytes, 0, count);
        if (batch.Length >= SmallEnough)
            Flush(batch);
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
