using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends requests: small ones at once, on the caller's thread; others on one beside it, since a server may answer, and
/// stop reading, before it has the whole request.</summary>
internal sealed class RequestSender : IDisposable
{
    private const int SmallEnough = 16 * 1024;

    // How long a body waits for a server that does not know Expect (RFC 9110 section 10.1.1).
    private static readonly TimeSpan TimeToContinue = TimeSpan.FromSeconds(1);

    private readonly HttpLink _link;
    private readonly Deadline _deadline;
    private readonly CancellationTokenSource _stop;
    private readonly ManualResetEventSlim _answered = new();
    private volatile bool _isUnwanted;
    private Task _writing = Task.CompletedTask;

    /// <param name="link">Where they go.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellation">Stops soon.</param>
    public RequestSender(HttpLink link, Deadline deadline, CancellationToken cancellation)
    {
        _link = link;
        _deadline = deadline;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Why sending failed; null when it did not. What is read tells more, if anything is.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Starts to send, in this order.</summary>
    public void Start(IReadOnlyList<OutgoingRequest> requests)
    {
        _link.Transport.WriteLimit = new WaitLimit(_deadline, _stop.Token);
        if (requests.All(static r => r.IsPlain) && requests.Sum(static r => r.LengthInMemory) <= SmallEnough)
            Send(requests);
        else
            _writing = BlockingCall.Start(() => { Send(requests); return true; }, CancellationToken.None).Result;
    }

    /// <summary>Lets a body go that waits: the server asked for it.</summary>
    public void Continue() => _answered.Set();

    /// <summary>Keeps a body back that still waits: the server has answered without it.</summary>
    public void Answered()
    {
        _isUnwanted |= !_answered.IsSet;
        _answered.Set();
    }

    /// <summary>Waits until all is sent, so that others can be.</summary>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public void Finish()
    {
        _writing.GetAwaiter().GetResult();
        if (Fault is TimeoutException or OperationCanceledException)
            throw Fault;
    }

    /// <summary>Gives up what is not sent; nobody reads from the body any more when this returns.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Answered();
        _writing.GetAwaiter().GetResult();
        _stop.Dispose();
        _answered.Dispose();
    }

    private void Send(IReadOnlyList<OutgoingRequest> requests)
    {
        try
        {
            var batch = new MemoryStream((int)Math.Min(SmallEnough, requests.Sum(static r => r.LengthInMemory)));
            foreach (var request in requests)
                Send(request, batch);
            Flush(batch);
            var now = Stopwatch.GetTimestamp();
            foreach (var request in requests.Where(static r => r.SentAt == 0))
                request.SentAt = now;
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

    private void Send(OutgoingRequest request, MemoryStream batch)
    {
        request.StartedAt = Stopwatch.GetTimestamp();
        Write(request.Head, request.Head.Length);
        if (request.WaitsForContinue)
        {
            Flush(batch);
            _answered.Wait(TimeToContinue, _stop.Token);
            if (_isUnwanted)
                return;
        }
        request.WriteBody(Write);
        if (request.IsPlain)
            return;
        Flush(batch);
        request.SentAt = Stopwatch.GetTimestamp();

        // Many small requests go in few calls.
        void Write(byte[] bytes, int count)
        {
            // A write that need not wait does not look at the clock, and a stream may have no end.
            _stop.Token.ThrowIfCancellationRequested();
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
    }

    private void Flush(MemoryStream batch)
    {
        _link.Stream.Write(batch.GetBuffer(), 0, (int)batch.Length);
        batch.SetLength(0);
    }
}
