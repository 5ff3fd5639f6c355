using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes on to the pipeline what is told while ports are waited for.</summary>
internal sealed class PortWaitOutput : IPortWaitObserver
{
    private const double QuietSeconds = 1;

    private readonly IPipelineOutput _output;
    private readonly string _activity;
    private readonly bool _quiet;
    private bool _shown;
    private volatile bool _completed;

    public PortWaitOutput(IPipelineOutput output, string activity, bool quiet)
    {
        _output = output;
        _activity = activity;
        _quiet = quiet;
    }

    public Task ReachedAsync(in PortAnswer answer) => _quiet ? Task.CompletedTask : _output.WriteAsync(new TcpPortResult(answer));

    public void Detail(string message) => _output.Verbose(message);

    public void Progressed(PortWaitProgress progress)
    {
        if (_completed || (!_shown && progress.SecondsGone < QuietSeconds))
            return;
        _shown = true;
        var others = progress.Total - progress.Reached - progress.Missing.Count;
        var missing = string.Join(", ", progress.Missing);
        if (others > 0)
            missing += string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", others);
        var total = progress.SecondsGone + progress.SecondsLeft;
        _output.Progress(new ProgressRecord(0, _activity, "Waiting for " + missing)
        {
            PercentComplete = (int)(100 * progress.SecondsGone / total),
            SecondsRemaining = (int)Math.Ceiling(progress.SecondsLeft),
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
