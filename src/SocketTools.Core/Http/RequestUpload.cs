using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends on a thread beside the one that reads, and lets a body wait there until the server asks for it.</summary>
internal sealed class RequestUpload : IDisposable
{
    // How long a body waits for a server that does not know Expect (RFC 9110 section 10.1.1).
    private static readonly TimeSpan TimeToContinue = TimeSpan.FromSeconds(1);

    // How long a read of the body that is under way may still take when it is not wanted any more.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop;
    private readonly ManualResetEventSlim _answered = new();
    private readonly Task _writing;
    private volatile bool _isUnwanted;

    /// <param name="write">Writes all; is given this and what stops it.</param>
    /// <param name="cancellation">Stops soon.</param>
    public RequestUpload(Action<RequestUpload, CancellationToken> write, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var token = _stop.Token;
        _writing = BlockingCall.Start(() => Write(write, token), CancellationToken.None).Result;
    }

    /// <summary>Whether a body that was promised stays here, since the server answered without it.</summary>
    public bool HasKeptBodyBack { get; private set; }

    /// <summary>Lets a body go that waits: the server asked for it.</summary>
    public void Continue() => _answered.Set();

    /// <summary>Keeps a body back that still waits: the server has answered without it.</summary>
    public void Answered()
    {
        _isUnwanted |= !_answered.IsSet;
        _answered.Set();
    }

    /// <summary>Waits until the server asks for the body, or may be taken not to know that it could.</summary>
    /// <returns>Whether it is to be sent.</returns>
    public bool WaitForServer(CancellationToken cancellation)
    {
        _answered.Wait(TimeToContinue, cancellation);
        HasKeptBodyBack = _isUnwanted;
        return !_isUnwanted;
    }

    /// <summary>Waits until all is written.</summary>
    /// <exception cref="TimeoutException">It was not in time.</exception>
    public void Finish(Deadline deadline, CancellationToken cancellation)
    {
        if (!_writing.Wait((int)deadline.Remaining.TotalMilliseconds, cancellation))
            throw new TimeoutException();
    }

    /// <summary>Gives up what is not written. A body that stays silent, as a pipe may, is left behind: a read of it that is under way
    /// cannot be ended, and what it gives goes nowhere.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Answered();
        if (_writing.Wait(TimeToEnd))
            End();
        else
            _writing.ContinueWith(_ => End(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        void End()
        {
            _stop.Dispose();
            _answered.Dispose();
        }
    }

    private bool Write(Action<RequestUpload, CancellationToken> write, CancellationToken cancellation)
    {
        write(this, cancellation);
        return true;
    }
}
