using System;
using System.Diagnostics;
using System.Threading;

namespace SocketTools;

/// <summary>The moment by which a whole operation, with all its steps, must have ended.</summary>
internal sealed class Deadline
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _total;

    /// <summary>Starts the clock.</summary>
    public Deadline(int milliseconds) => _total = TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>What is left, never below zero.</summary>
    public TimeSpan Remaining => _total - _clock.Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Whether nothing is left.</summary>
    public bool HasPassed => _clock.Elapsed >= _total;

    /// <summary>How long it has been since the start, in milliseconds.</summary>
    public double ElapsedMs => _clock.Elapsed.TotalMilliseconds;

    /// <summary>Ends all steps that follow, until the guard is disposed, by <paramref name="abort"/>, which closes what they
    /// work on, when the time is over or the caller stops. One guard serves many steps.</summary>
    public DeadlineGuard Guard(Action abort, CancellationToken cancellation) => new(Remaining, abort, cancellation);
}
