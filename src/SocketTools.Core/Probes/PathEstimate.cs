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

    /// <summary>How long to wait for an answer, in stopwatch ticks (RFC 6298 section 2, with a floor of 100 ms and, before
    /// the first answer, 500 ms).</summary>
    public long Timeout
    {
        get
        {
            var ms = _attempts == 0 ? FirstTimeoutMs : Math.Max(LeastTimeoutMs, _smoothedMs + (4 * _variationMs));
            return (long)(ms / 1000 * Stopwatch.Frequency);
        }
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
    /// <param name="ms">How long the answered one took.</param>
    public void Learn(int tries, double ms)
    {
        lock (_gate)
        {
            if (_attempts == 0)
            {
                _smoothedMs = ms;
                _variationMs = ms / 2;
            }
            else
            {
                _variationMs += (Math.Abs(_smoothedMs - ms) - _variationMs) / 4;
                _smoothedMs += (ms - _smoothedMs) / 8;
            }
            _attempts += tries;
            _lost += tries - 1;
        }
    }
}
