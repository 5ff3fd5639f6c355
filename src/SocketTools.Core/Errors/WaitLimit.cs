using System;
using System.Threading;

namespace SocketTools;

/// <summary>How long an operation may wait: to its deadline, or until its caller stops.</summary>
internal sealed class WaitLimit
{
    /// <summary>No wait at all.</summary>
    public static readonly WaitLimit None = new(0, CancellationToken.None);

    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellation;

    public WaitLimit(int milliseconds, CancellationToken cancellation)
        : this(new Deadline(milliseconds), cancellation) => Milliseconds = milliseconds;

    public WaitLimit(Deadline deadline, CancellationToken cancellation)
    {
        _deadline = deadline;
        _cancellation = cancellation;
    }

    /// <summary>How long in all, when it was started for this operation.</summary>
    public int Milliseconds { get; }

    /// <summary>Ends an operation that need not wait, and goes on and on.</summary>
    /// <returns>How much time is left.</returns>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public TimeSpan Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        var remaining = _deadline.Remaining;
        return remaining > TimeSpan.Zero ? remaining : throw new TimeoutException();
    }

    /// <summary>How long the next wait may take, in microseconds: at most <paramref name="most"/>, and no fraction of a
    /// millisecond, which systems round down to none.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public int NextWait(TimeSpan most)
    {
        var remaining = Check();
        return (int)Math.Ceiling((remaining < most ? remaining : most).TotalMilliseconds) * 1000;
    }
}
