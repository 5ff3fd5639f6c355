using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes on to the pipeline what is measured: the statistics of each target, or its samples.</summary>
internal sealed class LatencyOutput : ILatencyObserver
{
    private readonly IPipelineOutput _output;
    private readonly string _activity;
    private readonly bool _detailed;
    private readonly ProgressLine _progress;
    private int _samples;
    private int _measured;

    public LatencyOutput(IPipelineOutput output, string activity, bool detailed)
    {
        _output = output;
        _activity = activity;
        _progress = new ProgressLine(output, activity);
        _detailed = detailed;
    }

    public Task SampledAsync(LatencySample sample)
    {
        Show(Interlocked.Increment(ref _samples), sample);
        return _detailed ? _output.WriteAsync(sample) : Task.CompletedTask;
    }

    public Task MeasuredAsync(LatencyStatistics statistics)
    {
        Interlocked.Increment(ref _measured);
        return _detailed ? Task.CompletedTask : _output.WriteAsync(statistics);
    }

    public void NameFailed(string computerName, string message) => _output.Warning(message);

    public void RanShort(Failure why) => _output.Error(ErrorRecords.RanShort(_activity, why));

    public void Detail(string message) => _output.Verbose(message);

    /// <summary>Takes the progress display away.</summary>
    public void Completed() => _progress.Completed();

    private void Show(int samples, LatencySample sample)
    {
        // Who watches the samples has no need of being told of them.
        if (!_detailed && _progress.IsDue)
            _progress.Show(string.Format(CultureInfo.CurrentCulture, "{0:N0} samples, {1:N0} targets done; {2}", samples, _measured, sample));
    }
}
