using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes what a port scan tells on to the pipeline.</summary>
internal class PortScanOutput : IPortScanObserver
{
    private const double QuietSeconds = 1;

    private readonly IPipelineOutput _output;
    private readonly string _activity;
    private readonly Func<PortAnswer, object> _resultOf;
    private readonly DateTime _started = DateTime.UtcNow;
    private bool _shown;
    private volatile bool _completed;

    public PortScanOutput(IPipelineOutput output, string activity, Func<PortAnswer, object> resultOf)
    {
        _output = output;
        _activity = activity;
        _resultOf = resultOf;
    }

    public virtual Task ReportAsync(in PortAnswer answer) => _output.WriteAsync(_resultOf(answer));

    public Task HostEndedAsync(HostWork host) => Task.CompletedTask;

    /// <summary>A host had no port to test.</summary>
    public virtual void NotTested()
    {
    }

    public void NameFailed(string computerName, string message) => _output.Warning(message);

    public void RanShort(Failure why) => _output.Error(ErrorRecords.RanShort(_activity, why));

    public void Detail(string message) => _output.Verbose(message);

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
        _output.Progress(new ProgressRecord(0, _activity, status)
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
            _output.Progress(new ProgressRecord(0, _activity, "Completed") { RecordType = ProgressRecordType.Completed });
    }
}
