using System;
using System.Globalization;
using System.Management.Automation;

namespace SocketTools.Pipeline;

/// <summary>Passes what every scan tells beside its answers on to the pipeline.</summary>
internal abstract class ScanOutput : IScanObserver
{
    private const double QuietSeconds = 1;

    private readonly string _activity;
    private readonly DateTime _started = DateTime.UtcNow;
    private bool _shown;
    private volatile bool _completed;

    protected ScanOutput(IPipelineOutput output, string activity)
    {
        Output = output;
        _activity = activity;
    }

    protected IPipelineOutput Output { get; }

    public void NameFailed(string computerName, string message) => Output.Warning(message);

    public void RanShort(Failure why) => Output.Error(ErrorRecords.RanShort(_activity, why));

    public void Detail(string message) => Output.Verbose(message);

    public void Progressed(PortScanProgress progress)
    {
        if (_completed)
            return;
        if (!_shown && (DateTime.UtcNow - _started).TotalSeconds < QuietSeconds)
            return;
        _shown = true;
        var left = Math.Max(0, progress.Total - progress.Done);
        var status = string.Format(
            CultureInfo.CurrentCulture, "{0:N0} of {1:N0} ports, {2:N0} a second", progress.Done, progress.Total, progress.PerSecond);
        Output.Progress(new ProgressRecord(0, _activity, status)
        {
            PercentComplete = progress.Total == 0 ? -1 : (int)Math.Min(100, 100 * progress.Done / progress.Total),
            SecondsRemaining = progress.PerSecond > 0 ? (int)Math.Min(int.MaxValue, left / progress.PerSecond) : -1,
        });
    }

    /// <summary>Takes the progress display away.</summary>
    public void Completed()
    {
        _completed = true;
        if (_shown)
            Output.Progress(new ProgressRecord(0, _activity, "Completed") { RecordType = ProgressRecordType.Completed });
    }
}
