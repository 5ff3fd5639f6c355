using System.Globalization;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes on to the pipeline what is told while ports are waited for.</summary>
internal sealed class PortWaitOutput : IPortWaitObserver
{
    private readonly IPipelineOutput _output;
    private readonly ProgressLine _progress;
    private readonly bool _quiet;

    public PortWaitOutput(IPipelineOutput output, string activity, bool quiet)
    {
        _output = output;
        _progress = new ProgressLine(output, activity);
        _quiet = quiet;
    }

    public Task ReachedAsync(in PortAnswer answer) => _quiet ? Task.CompletedTask : _output.WriteAsync(new TcpPortResult(answer));

    public void Detail(string message) => _output.Verbose(message);

    public void Progressed(PortWaitProgress progress)
    {
        if (!_progress.IsDue)
            return;
        var others = progress.Total - progress.Reached - progress.Missing.Count;
        var missing = string.Join(", ", progress.Missing);
        if (others > 0)
            missing += string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", others);
        _progress.Show("Waiting for " + missing, 100 * progress.SecondsGone / (progress.SecondsGone + progress.SecondsLeft), progress.SecondsLeft);
    }

    /// <summary>Takes the progress display away.</summary>
    public void Completed() => _progress.Completed();
}
