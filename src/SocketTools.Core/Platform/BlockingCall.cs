using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Runs calls that block and cannot be cancelled (the system resolver's) on threads of its own.</summary>
/// <remarks>A thread pool thread that blocks delays every completion behind it, which turns into false time-outs.</remarks>
internal static class BlockingCall
{
    private const int MaximumThreads = 1024;
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    private static readonly object Gate = new();
    private static readonly Queue<Action> Waiting = new();
    private static int _threads;
    private static int _idle;

    /// <summary>Runs the call and gives what it returned; a caller that no longer waits simply drops the task.</summary>
    /// <param name="call">What blocks.</param>
    /// <param name="started">Ends when a thread has taken the call: what it takes from then on is the call's own time.</param>
    public static Task<T> RunAsync<T>(Func<T> call, out Task started)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        started = taken.Task;
        Enqueue(() =>
        {
            taken.SetResult(true);
            try
            {
                result.SetResult(call());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        });
        return result.Task;
    }

    private static void Enqueue(Action work)
    {
        lock (Gate)
        {
            Waiting.Enqueue(work);
            if (_idle >= Waiting.Count || _threads == MaximumThreads)
            {
                Monitor.Pulse(Gate);
                return;
            }
            _threads++;
        }
        try
        {
            new Thread(Work, StackBytes) { IsBackground = true, Name = "SocketTools resolver" }.Start();
        }
        catch (OutOfMemoryException)
        {
            // The system has no thread left: those that run take the call, if there are any.
            lock (Gate)
            {
                if (--_threads == 0)
                    throw;
            }
        }
    }

    private static void Work()
    {
        while (Next() is { } work)
            work();
    }

    private static Action? Next()
    {
        lock (Gate)
        {
            _idle++;
            while (Waiting.Count == 0)
            {
                if (!Monitor.Wait(Gate, IdleTime) && Waiting.Count == 0)
                {
                    _idle--;
                    _threads--;
                    return null;
                }
            }
            _idle--;
            return Waiting.Dequeue();
        }
    }
}
