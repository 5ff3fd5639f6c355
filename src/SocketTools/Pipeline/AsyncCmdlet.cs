using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>A cmdlet whose work runs as tasks while the pipeline thread writes what they hand over. Ctrl+C,
/// <c>Select-Object -First</c> and <c>-ErrorAction Stop</c> cancel all of it.</summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(150);

    private static readonly string[] ShownOnScreen = ["PSHOST"];

    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineQueue _queue;
    private readonly List<Task> _work = [];
    private List<object> _batch = [];
    private int _disposed;

    private protected AsyncCmdlet() => _queue = new PipelineQueue(_stop.Token);

    /// <summary>Where tasks hand over what is to be written.</summary>
    private protected IPipelineOutput Output => _queue;

    /// <summary>Cancelled when the pipeline stops, for whatever reason.</summary>
    private protected CancellationToken Cancellation => _stop.Token;

    /// <summary>Writes what tasks hand over until this one has ended.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline is stopping.</exception>
    private protected void Await(Task work)
    {
        _work.RemoveAll(static task => task.IsCompleted);
        _work.Add(work);
        if (!work.IsCompleted)
            work.ContinueWith(_ => _queue.Poke(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var ended = false;
        do
        {
            ended = work.IsCompleted;
            WriteBatch(wait: !ended);
        }
        while (!ended);
        RunHere(work.GetAwaiter().GetResult);
    }

    /// <summary>Does work on this thread; how it fails is told as if it had been a task.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline is stopping.</exception>
    private protected void RunHere(Action work, object? target = null)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (SocketToolsException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error, target));
        }
    }

    /// <summary>Writes what has been handed over so far.</summary>
    private protected void Flush() => WriteBatch(wait: false);

    /// <inheritdoc cref="Await(Task)"/>
    private protected T Await<T>(Task<T> work)
    {
        Await((Task)work);
        return work.Result;
    }

    /// <summary>Writes what tasks hand over until fewer than so many of them are under way.</summary>
    private protected void AwaitRoom(List<Task> underWay, int most)
    {
        while (underWay.Count >= most)
        {
            var ended = Await(Task.WhenAny(underWay));
            underWay.Remove(ended);
            Await(ended);
        }
    }

    /// <summary>Cancels all work; runs on another thread than the pipeline's.</summary>
    protected override void StopProcessing() => Cancel();

    /// <summary>Ends all work that is still under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends all work that is still under way; what it holds open is closed when this returns.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Cancel();
        if (_work.TrueForAll(static task => task.IsCompleted && task.Exception is null))
            return;
        // The outcome of work that nobody waits for any more is nobody's concern; its exceptions count as seen.
        Task.WhenAll(_work).ContinueWith(static all => all.Exception, TaskScheduler.Default).Wait(TimeToEnd);
    }

    private void Cancel()
    {
        _stop.Cancel();
        _queue.ReleaseProducers();
        _queue.Poke();
    }

    private void WriteBatch(bool wait)
    {
        _batch = _queue.Take(_batch, wait, out var progress);
        try
        {
            if (_stop.IsCancellationRequested)
                throw new PipelineStoppedException();
            if (progress is not null)
                WriteProgress(progress);
            foreach (var record in _batch)
                Write(record);
        }
        catch
        {
            Cancel();
            throw;
        }
    }

    private void Write(object record)
    {
        switch (record)
        {
            case ErrorRecord error:
                WriteError(error);
                break;
            case WarningRecord warning:
                WriteWarning(warning.Message);
                break;
            case VerboseRecord verbose:
                WriteVerbose(verbose.Message);
                break;
            case HostInformationMessage message:
                WriteInformation(message, ShownOnScreen);
                break;
            default:
                WriteObject(record);
                break;
        }
    }
}
