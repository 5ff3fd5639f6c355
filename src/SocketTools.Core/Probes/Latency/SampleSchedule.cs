using System;
using System.Diagnostics;

namespace SocketTools;

/// <summary>When a target's samples are due: a whole number of intervals after the first, however long each is waited for.
/// Times are time stamps of <see cref="Stopwatch"/>.</summary>
internal sealed class SampleSchedule
{
    private readonly int _count;
    private readonly long _interval;
    private readonly long _ends;
    private long _next;

    public SampleSchedule(LatencyOptions options, long start)
    {
        _count = options.Count ?? int.MaxValue;
        _interval = TicksOf(options.Interval);
        _ends = options.Count is null ? start + TicksOf(options.Duration) : long.MaxValue;
        _next = start;
    }

    /// <summary>How many samples have become due.</summary>
    public int Taken { get; private set; }

    /// <summary>Takes the next sample.</summary>
    /// <param name="now">The time.</param>
    /// <param name="due">When it is to be sent.</param>
    /// <returns>False when there are no more.</returns>
    public bool TryTake(long now, out long due)
    {
        // What was missed, as while the computer slept, is not made up for in a burst.
        due = now - _next > _interval ? now : _next;
        if (Taken == _count || due >= _ends)
            return false;
        Taken++;
        _next = due + _interval;
        return true;
    }

    private static long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
