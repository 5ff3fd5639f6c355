using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Does the same with many items, so many at a time; others wait in line, so that the next begins without the pipeline
/// thread, and no more than a few wait.</summary>
/// <remarks>Unless a number is given, an item that takes long makes room for another: one that is stuck holds up nobody.</remarks>
internal sealed class ParallelWork<T>
{
    private const int LongestLine = 256;

    // Fewer than the 150 questions that dnsmasq passes on at a time unless told otherwise.
    private const int MostWithStuckOnes = 128;
    private const int MostAutomatic = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly Queue<T> _line = new();
    private readonly int _most;
    private readonly Func<T, Task> _work;
    private readonly ProgressLine? _progress;
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? _room;
    private int _added;
    private int _underWay;
    private int _stuck;
    private bool _completing;

    /// <param name="most">How many items at a time; 0 is automatic.</param>
    /// <param name="work">What is done with one. What it throws ends the whole.</param>
    /// <param name="progress">Where the items that are done are counted.</param>
    public ParallelWork(int most, Func<T, Task> work, ProgressLine? progress = null)
    {
        _most = most;
        _work = work;
        _progress = progress;
    }

    /// <summary>Takes an item. The task ends when there is room for more.</summary>
    public Task AddAsync(T item)
    {
        lock (_gate)
        {
            if (_done.Task.IsFaulted || _done.Task.IsCanceled)
                return _done.Task;
            _added++;
            if (_underWay < Room)
            {
                Begin(item);
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
                End();
            return _done.Task;
        }
    }

    private int Room => _most > 0 ? _most : Math.Min(MostAutomatic + _stuck, MostWithStuckOnes);

    private void Begin(T item)
    {
        _underWay++;
        _ = Task.Run(() => WorkAsync(item));
    }

    private async Task WorkAsync(T item)
    {
        try
        {
            do
            {
                var work = _work(item);
                if (_most == 0 && await Task.WhenAny(work, Task.Delay(Patience)).ConfigureAwait(false) != work)
                    await StuckAsync(work).ConfigureAwait(false);
                else
                    await work.ConfigureAwait(false);
                _progress?.Count(_completing ? _added : 0);
            }
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

    private void End()
    {
        _progress?.Completed();
        _done.TrySetResult(true);
    }

    private async Task StuckAsync(Task work)
    {
        lock (_gate)
        {
            _stuck++;
            if (_line.Count > 0 && _underWay < Room)
                Begin(TakeFromLine());
        }
        try
        {
            await work.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _stuck--;
        }
    }

    private bool TryNext(out T item)
    {
        lock (_gate)
        {
            if (_line.Count > 0 && _underWay <= Room)
            {
                item = TakeFromLine();
                return true;
            }
            item = default!;
            _underWay--;
            if (_completing && _underWay == 0)
                End();
            return false;
        }
    }

    // The line is let go to its half before more is taken, so that the pipeline thread does not wake up for every item.
    private T TakeFromLine()
    {
        var item = _line.Dequeue();
        if (_line.Count <= LongestLine / 2)
        {
            _room?.TrySetResult(true);
            _room = null;
        }
        return item;
    }
}
