using System;
using System.Diagnostics;

namespace SocketTools;

/// <summary>What the answers of one address have taught of the way to it: how long an answer takes, and how often one
/// gets lost.</summary>
/// <remarks>Its numbers are read without a lock while others change them: a stale one costs a little time, no truth.</remarks>
internal sealed class PathEstimate
{
    private const double FirstTimeoutMs = 500;
    private const double LeastTimeoutMs = 100;
    private const double AcceptedFalseSilence = 1e-7;
    private const double AssumedLoss = 0.02;
    private const double AssumedAttempts = 50;
    private const double HighestLoss = 0.9;

    private readonly object _gate = new();
    private double _smoothedMs;
    private double _variationMs;
    private double _attempts;
    private double _lost;

    /// <summary>How long to wait for an answer (RFC 6298 section 2, with a floor of 100 ms and, before the first answer, 500 ms);
    /// where that is more than a share of the time, so that there would be too few tries, nearer to what answers take.</summary>
    /// <param name="share">What each try may take if all are to be made, in stopwatch ticks, as is the result.</param>
    public long TimeoutWithin(long share)
    {
        if (_smoothedMs == 0)
            return ToTicks(FirstTimeoutMs);
        var most = ToTicks(Math.Max(LeastTimeoutMs, _smoothedMs + (4 * _variationMs)));
        return most <= share ? most : Math.Min(most, Math.Max(share, ToTicks(Math.Max(LeastTimeoutMs, _smoothedMs + _variationMs))));
    }

    /// <summary>How many connects must go unanswered before silence is the address's and not the way's.</summary>
    public int TriesForSilence
    {
        get
        {
            var loss = Math.Min(HighestLoss, (_lost + (AssumedLoss * AssumedAttempts)) / (_attempts + AssumedAttempts));
            return (int)Math.Ceiling(Math.Log(AcceptedFalseSilence) / Math.Log(loss));
        }
    }

    /// <summary>Learns from an answer.</summary>
    /// <param name="tries">How many connects it took.</param>
    /// <param name="ms">How long the answered one took; null when this side was held up, so that it does not know.</param>
    public void Learn(int tries, double? ms)
    {
        lock (_gate)
        {
            if (ms is { } taken)
                LearnTime(taken);
            _attempts += tries;
            _lost += tries - 1;
        }
    }

    private void LearnTime(double ms)
    {
        if (_smoothedMs == 0)
        {
            _variationMs = ms / 2;
            _smoothedMs = ms;
            return;
        }
        _variationMs += (Math.Abs(_smoothedMs - ms) - _variationMs) / 4;
        _smoothedMs += (ms - _smoothedMs) / 8;
    }

    private static long ToTicks(double ms) => (long)(ms / 1000 * Stopwatch.Frequency);
}
