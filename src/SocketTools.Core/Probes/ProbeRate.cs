using System;
using System.Diagnostics;

namespace SocketTools;

/// <summary>A ceiling on probes a second, evened out over time. Its caller sees to it that one thread at a time uses it.</summary>
internal sealed class ProbeRate
{
    private const double BurstSeconds = 0.01;

    private readonly double _perTick;
    private readonly double _burst;
    private double _credit = 1;
    private long _filledAt = Stopwatch.GetTimestamp();

    /// <param name="perSecond">The most probes a second; 0 sets no ceiling.</param>
    public ProbeRate(int perSecond)
    {
        _perTick = perSecond / (double)Stopwatch.Frequency;
        _burst = Math.Max(1, perSecond * BurstSeconds);
    }

    /// <summary>Takes one probe's place.</summary>
    /// <param name="wait">How long to wait for the next place when there is none, in whole milliseconds.</param>
    public bool TryTake(out int wait)
    {
        wait = 0;
        if (_perTick == 0)
            return true;
        var now = Stopwatch.GetTimestamp();
        _credit = Math.Min(_burst, _credit + ((now - _filledAt) * _perTick));
        _filledAt = now;
        if (_credit >= 1)
        {
            _credit--;
            return true;
        }
        wait = (int)Math.Ceiling((1 - _credit) / _perTick * 1000 / Stopwatch.Frequency);
        return false;
    }
}
