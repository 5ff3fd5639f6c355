using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;

namespace SocketTools.Pipeline;

/// <summary>The progress of a run: shown once that has taken a second, so that a short one shows none, and taken away at its
/// end.</summary>
internal sealed class ProgressLine
{
    private const double QuietSeconds = 1;

    private readonly IPipelineOutput _output;
    private readonly string _activity;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _done;
    private volatile bool _shown;
    private volatile bool _completed;

    public ProgressLine(IPipelineOutput output, string activity)
    {
        _output = output;
        _activity = activity;
    }

    /// <summary>Whether there is anything to show, or not yet, or no longer.</summary>
    public bool IsDue => !_completed && (_shown || _clock.Elapsed.TotalSeconds >= QuietSeconds);

    /// <summary>Shows how far the run is.</summary>
    /// <param name="status">In words.</param>
    /// <param name="percent">Of the whole; -1 when that is not known.</param>
    /// <param name="secondsLeft">Until the end, as far as that can be told; else -1.</param>
    public void Show(string status, double percent = -1, double secondsLeft = -1)
    {
        if (!IsDue)
            return;
        _shown = true;
        _output.Progress(new ProgressRecord(0, _activity, status)
        {
            PercentComplete = (int)Math.Min(100, percent),
            SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling(secondsLeft)),
        });
    }

    /// <summary>Counts one thing more that is done.</summary>
    /// <param name="total">Of how many; 0 while more may come.</param>
    public void Count(int total)
    {
        var done = Interlocked.Increment(ref _done);
        if (!IsDue)
            return;
        var perSecond = done / _clock.Elapsed.TotalSeconds;
        var culture = CultureInfo.CurrentCulture;
        if (total > 0)
            Show(string.Format(culture, "{0:N0} of {1:N0} done, {2:N1} a second", done, total, perSecond), 100.0 * done / total, (total - done) / perSecond);
        else
            Show(string.Format(culture, "{0:N0} done, {1:N1} a second", done, perSecond));
    }

    /// <summary>Takes the display away.</summary>
    public void Completed()
    {
        _completed = true;
        if (_shown)
            _output.Progress(new ProgressRecord(0, _activity, "Completed") { RecordType = ProgressRecordType.Completed });
    }
}
