using System;
using System.Diagnostics;
using System.Threading;

namespace SocketTools;

/// <summary>The moment by which a whole operation, with all its steps, must have ended.</summary>
internal sealed class Deadline
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _milliseconds;

    /// <summary>Starts the clock.</summary>
    public Deadline(int milliseconds) => _milliseconds = milliseconds;

    /// <summary>What is left, never below zero.</summary>
    public TimeSpan Remaining => TimeSpan.FromTicks((long)Math.Max(0, (_milliseconds - ElapsedMs) * TimeSpan.TicksPerMillisecond));

    /// <summary>Whether nothing is left.</summary>
    public bool HasPassed => ElapsedMs >= _milliseconds;

    /// <summary>How long it has been since the start, in milliseconds.</summary>
    public double ElapsedMs => ElapsedMsAt(Stopwatch.GetTimestamp());

    /// <summary>How long it had been at a time stamp of <see cref="Stopwatch"/>.</summary>
    public double ElapsedMsAt(long timeStamp) => (timeStamp - _start) * 1000.0 / Stopwatch.Frequency;

    /// <summary>Ends all steps that follow, until the guard is disposed, by <paramref name="abort"/>, which closes what they
    /// work on, when the time is over or the caller stops. One guard serves many steps.</summary>
    public DeadlineGuard Guard(Action abort, CancellationToken cancellation) => new(Remaining, abort, cancellation);
}
