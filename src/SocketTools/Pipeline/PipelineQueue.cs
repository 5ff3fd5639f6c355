using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Records on their way from worker threads to the pipeline thread, in batches, bounded.</summary>
internal sealed class PipelineQueue : IPipelineOutput
{
    internal const int Capacity = 1024;
    private const int Handful = 256;
    private const int GatherMilliseconds = 1;

    private readonly object _gate = new();
    private readonly CancellationToken _stopping;
    private List<object> _filling = [];
    private ProgressRecord? _progress;
    private TaskCompletionSource<bool>? _room;
    private bool _poked;

    public PipelineQueue(CancellationToken stopping) => _stopping = stopping;

    public Task WriteAsync(object record)
    {
        lock (_gate)
        {
            Add(record);
            if (_filling.Count < Capacity || _stopping.IsCancellationRequested)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    public void Error(ErrorRecord error) => AddLocked(error);

    public void Warning(string message) => AddLocked(new WarningRecord(message));

    public void Verbose(string message) => AddLocked(new VerboseRecord(message));

    public void Tell(string message) => AddLocked(new HostInformationMessage { Message = message });

    public void Progress(ProgressRecord progress)
    {
        lock (_gate)
        {
            _progress = progress;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Makes <see cref="Take"/> return although there is nothing to take.</summary>
    public void Poke()
    {
        lock (_gate)
        {
            _poked = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Lets every producer go on that waits for room.</summary>
    public void ReleaseProducers()
    {
        lock (_gate)
            MakeRoom();
    }

    /// <summary>Exchanges the caller's emptied batch for what has come.</summary>
    /// <param name="emptied">A list that the queue fills from now on.</param>
    /// <param name="wait">Whether to wait for a record, progress, or a poke.</param>
    /// <param name="progress">The newest progress since the last call, or null.</param>
    public List<object> Take(List<object> emptied, bool wait, out ProgressRecord? progress)
    {
        emptied.Clear();
        lock (_gate)
        {
            while (wait && _filling.Count == 0 && _progress is null && !_poked)
                Monitor.Wait(_gate);
            // To be woken for every record would cost more than the records do.
            if (wait && _filling.Count < Handful && _progress is null && !_poked)
                Monitor.Wait(_gate, GatherMilliseconds);
            _poked = false;
            progress = _progress;
            _progress = null;
            var batch = _filling;
            _filling = emptied;
            MakeRoom();
            return batch;
        }
    }

    private void AddLocked(object record)
    {
        lock (_gate)
            Add(record);
    }

    private void Add(object record)
    {
        _filling.Add(record);
        if (_filling.Count is 1 or Handful)
            Monitor.Pulse(_gate);
    }

    private void MakeRoom()
    {
        _room?.TrySetResult(true);
        _room = null;
    }
}
