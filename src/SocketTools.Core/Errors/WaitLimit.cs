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

    /// <summary>How long the next wait may take, in microseconds: at most <paramref name="most"/>, and no fraction of a
    /// millisecond, which systems round down to none.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public int NextWait(TimeSpan most)
    {
        _cancellation.ThrowIfCancellationRequested();
        var remaining = _deadline.Remaining;
        if (remaining == TimeSpan.Zero)
            throw new TimeoutException();
        return (int)Math.Ceiling((remaining < most ? remaining : most).TotalMilliseconds) * 1000;
    }
}
