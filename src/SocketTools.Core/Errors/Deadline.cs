using System;
using System.Diagnostics;
using System.Threading;

namespace SocketTools;

/// <summary>The moment by which a whole operation, with all its steps, must have ended.</summary>
internal sealed class Deadline
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _total;
    private readonly string _what;

    /// <summary>Starts the clock.</summary>
    /// <param name="milliseconds">How much time there is.</param>
    /// <param name="what">The end point, for the error.</param>
    public Deadline(int milliseconds, string what)
    {
        _total = TimeSpan.FromMilliseconds(milliseconds);
        _what = what;
    }

    /// <summary>What is left, never below zero.</summary>
    public TimeSpan Remaining => _total > _clock.Elapsed ? _total - _clock.Elapsed : TimeSpan.Zero;

    /// <summary>Whether nothing is left.</summary>
    public bool HasPassed => _clock.Elapsed >= _total;

    /// <summary>How long it has been since the start, in milliseconds.</summary>
    public double ElapsedMs => _clock.Elapsed.TotalMilliseconds;

    /// <summary>The error that says that the deadline passed.</summary>
    public SocketTimeoutException TimedOut() =>
        new($"{_what} did not finish within {_total.TotalMilliseconds:0} ms (ETIMEDOUT). {Remedy.For(Reason.TimedOut)}", _what);

    /// <summary>Ends all steps that follow, until the guard is disposed, by <paramref name="abort"/>, which closes what they
    /// work on, when the time is over or the caller stops. One guard serves many steps.</summary>
    public DeadlineGuard Guard(Action abort, CancellationToken cancellation) => new(Remaining, abort, cancellation);
}
