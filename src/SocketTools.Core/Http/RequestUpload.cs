using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends on a thread beside the one that reads.</summary>
internal sealed class RequestUpload : IDisposable
{
    // How long a read of the body that is under way may still take when it is not wanted any more.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop;
    private readonly Task _writing;

    /// <param name="write">Writes all; is given what stops it.</param>
    /// <param name="cancellation">Stops soon.</param>
    public RequestUpload(Action<CancellationToken> write, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var token = _stop.Token;
        _writing = BlockingCall.Start(() => Write(write, token), CancellationToken.None).Result;
    }

    /// <summary>Waits until all is written.</summary>
    /// <returns>Whether it was in time.</returns>
    public bool TryFinish(Deadline deadline, CancellationToken cancellation) =>
        _writing.Wait((int)deadline.Remaining.TotalMilliseconds, cancellation);

    /// <summary>Gives up what is not written. A body that stays silent, as a pipe may, is left behind: a read of it that is under way
    /// cannot be ended, and what it gives goes nowhere.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        if (_writing.Wait(TimeToEnd))
            _stop.Dispose();
        else
            _writing.ContinueWith(_ => _stop.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static bool Write(Action<CancellationToken> write, CancellationToken cancellation)
    {
        write(cancellation);
        return true;
    }
}
