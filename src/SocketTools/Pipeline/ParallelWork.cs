using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Does the same with many items, so many at a time; others wait in line, so that the next begins without the pipeline
/// thread, and no more than a few wait.</summary>
internal sealed class ParallelWork<T>
{
    private const int LongestLine = 256;

    private readonly object _gate = new();
    private readonly Queue<T> _line = new();
    private readonly int _most;
    private readonly Func<T, Task> _work;
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? _room;
    private int _underWay;
    private bool _completing;

    /// <param name="most">How many items at a time.</param>
    /// <param name="work">What is done with one. What it throws ends the whole.</param>
    public ParallelWork(int most, Func<T, Task> work)
    {
        _most = most;
        _work = work;
    }

    /// <summary>Takes an item. The task ends when there is room for more.</summary>
    public Task AddAsync(T item)
    {
        lock (_gate)
        {
            if (_done.Task.IsFaulted || _done.Task.IsCanceled)
                return _done.Task;
            if (_underWay < _most)
            {
                _underWay++;
                _ = Task.Run(() => WorkAsync(item));
                return Task.CompletedTask;
            }
            _line.Enqueue(item);
            if (_line.Count < LongestLine)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Ends when all is done.</summary>
    public Task CompleteAsync()
    {
        lock (_gate)
        {
            _completing = true;
            if (_underWay == 0)
                _done.TrySetResult(true);
            return _done.Task;
        }
    }

    private async Task WorkAsync(T item)
    {
        try
        {
            do
                await _work(item).ConfigureAwait(false);
            while (TryNext(out item));
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _done.TrySetException(error);
                _room?.TrySetResult(true);
            }
        }
    }

    // The line is let go to its half before more is taken, so that the pipeline thread does not wake up for every item.
    private bool TryNext(out T item)
    {
        lock (_gate)
        {
            if (_line.Count > 0)
            {
                item = _line.Dequeue();
                if (_line.Count <= LongestLine / 2)
                {
                    _room?.TrySetResult(true);
                    _room = null;
                }
                return true;
            }
            item = default!;
            _underWay--;
            if (_completing && _underWay == 0)
                _done.TrySetResult(true);
            return false;
        }
    }
}
