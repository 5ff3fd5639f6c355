using System;
using System.Diagnostics;

namespace SocketTools;

/// <summary>A port while it is waited for: what is known of it, and when it is asked again.</summary>
/// <remarks>The pause from the start of an attempt to that of the next is a sixteenth of the interval at first, and twice as
/// long each time until it is the interval. Times are time stamps of <see cref="Stopwatch"/>.</remarks>
internal sealed class WaitedPort
{
    private const int FirstPauseShare = 16;
    private const double WholeShare = 0.9;

    private readonly PortWaitOptions _options;
    private long _startedAt;
    private TimeSpan _pause;
    private bool _isCut;
    private int _successes;

    /// <param name="endPoint">The host, with the port.</param>
    /// <param name="options">How it is waited for.</param>
    public WaitedPort(HostTarget endPoint, PortWaitOptions options)
    {
        EndPoint = endPoint;
        _options = options;
        _pause = TimeSpan.FromTicks(options.Interval.Ticks / FirstPauseShare);
    }

    /// <summary>The host, with the port.</summary>
    public HostTarget EndPoint { get; }

    /// <summary>The last answer; null when there was none.</summary>
    public PortAnswer? Last { get; private set; }

    /// <summary>Whether the port has been found as it is waited for, as often as asked.</summary>
    public bool IsReached { get; private set; }

    /// <summary>Whether an attempt is under way.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>When the next attempt is due.</summary>
    public long DueAt { get; private set; }

    /// <summary>Takes note of an attempt that begins.</summary>
    /// <param name="now">The time.</param>
    /// <param name="left">What is left of the whole wait.</param>
    public void Begin(long now, TimeSpan left)
    {
        IsUnderWay = true;
        _startedAt = now;
        _isCut = left.TotalSeconds < _options.WholeAttempt.TotalSeconds * WholeShare;
    }

    /// <summary>Takes an attempt's answer.</summary>
    /// <returns>Whether it tells something that the one before did not.</returns>
    public bool Learn(in PortAnswer answer)
    {
        IsUnderWay = false;
        // Silence of an attempt that had no time shows nothing.
        var isProof = !_isCut || answer.Why.Reason is not (Reason.TimedOut or Reason.ResolutionTimedOut);
        _successes = isProof && _options.States.Contains(answer.State) ? _successes + 1 : 0;
        IsReached = _successes >= _options.StableCount;
        if (_successes > 0)
            _pause = _options.Interval;
        DueAt = _startedAt + (long)(_pause.TotalSeconds * Stopwatch.Frequency);
        _pause = _pause + _pause < _options.Interval ? _pause + _pause : _options.Interval;
        if (Last is not null && !isProof)
            return false;
        var isNews = Last?.State != answer.State || Last?.Why.Reason != answer.Why.Reason;
        Last = answer;
        return isNews;
    }

    /// <summary>The failure of a port that was not reached in time; it holds the last result that there was.</summary>
    public SocketTimeoutException TimedOut()
    {
        var wanted = string.Join(" or ", _options.States);
        var times = _options.StableCount > 1 ? FormattableString.Invariant($" {_options.StableCount} times in a row") : "";
        var last = Last is { } answer ? $"it was last {Describe(answer)}" : "there was no answer yet";
        var remedy = Remedy.ForWaiting(Last?.Why.Reason ?? Reason.Unknown);
        return new SocketTimeoutException(
            FormattableString.Invariant($"{EndPoint} was not {wanted}{times} within {_options.Total.TotalSeconds:0.###} s: {last}. {remedy}"),
            EndPoint.ToString())
        {
            PartialResult = Last is { } result ? new TcpPortResult(result) : null,
        };
    }

    /// <summary>The end point, with its state.</summary>
    public string InShort => Last is { } last ? $"{EndPoint} {last.State}" : EndPoint.ToString();

    /// <summary>The end point, with what is known of it and why.</summary>
    public override string ToString() => Last is { } last ? $"{EndPoint} {Describe(last)}" : EndPoint.ToString();

    private static string Describe(in PortAnswer answer) =>
        answer.Why.ErrorName is { } name ? $"{answer.State} ({answer.Why.Reason}, {name})" : $"{answer.State} ({answer.Why.Reason})";
}
