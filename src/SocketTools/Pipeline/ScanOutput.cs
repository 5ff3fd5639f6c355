using System;
using System.Globalization;

namespace SocketTools.Pipeline;

/// <summary>Passes what every scan tells beside its answers on to the pipeline.</summary>
internal abstract class ScanOutput : IScanObserver
{
    private readonly string _activity;
    private readonly ProgressLine _progress;

    protected ScanOutput(IPipelineOutput output, string activity)
    {
        Output = output;
        _activity = activity;
        _progress = new ProgressLine(output, activity);
    }

    protected IPipelineOutput Output { get; }

    public void NameFailed(string computerName, string message) => Output.Warning(message);

    public void RanShort(Failure why) => Output.Error(ErrorRecords.RanShort(_activity, why));

    public void Detail(string message) => Output.Verbose(message);

    public void Progressed(PortScanProgress progress)
    {
        if (!_progress.IsDue)
            return;
        var left = Math.Max(0, progress.Total - progress.Done);
        var status = string.Format(
            CultureInfo.CurrentCulture, "{0:N0} of {1:N0} ports, {2:N0} a second", progress.Done, progress.Total, progress.PerSecond);
        _progress.Show(
            status, progress.Total == 0 ? -1 : 100.0 * progress.Done / progress.Total, progress.PerSecond > 0 ? left / progress.PerSecond : -1);
    }

    /// <summary>Takes the progress display away.</summary>
    public void Completed() => _progress.Completed();
}
