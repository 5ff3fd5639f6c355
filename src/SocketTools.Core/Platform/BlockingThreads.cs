using System;
using System.Collections.Generic;
using System.Threading;

namespace SocketTools;

/// <summary>The process's threads for calls that block: as many as there are calls, and a little time longer.</summary>
/// <remarks>Calls that nobody waits for any more do not count, until there are very many: a resolver can be stuck for minutes.</remarks>
internal static class BlockingThreads
{
    private const int MostWaitedFor = 1024;
    private const int MostInAll = 8 * MostWaitedFor;
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    private static readonly object Gate = new();
    private static readonly Queue<BlockingCall> Waiting = new();
    private static int _threads;
    private static int _idle;
    private static int _stuck;

    /// <summary>Takes a call for the next thread that is free, or a new one.</summary>
    public static void Enqueue(BlockingCall call)
    {
        lock (Gate)
            Waiting.Enqueue(call);
        AddThread();
    }

    /// <summary>Leaves a call to itself: before it has a thread it is never made; later its thread counts no more.</summary>
    public static void Abandon(BlockingCall call)
    {
        lock (Gate)
        {
            call.IsAbandoned = true;
            if (!call.HasThread)
                return;
            _stuck++;
        }
        AddThread();
    }

    private static void AddThread()
    {
        lock (Gate)
        {
            if (Waiting.Count <= _idle || _threads - _stuck >= MostWaitedFor || _threads >= MostInAll)
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
        while (Next() is { } call)
        {
            call.Run();
            End(call);
        }
    }

    private static BlockingCall? Next()
    {
        lock (Gate)
        {
            _idle++;
            while (true)
            {
                while (Waiting.Count == 0)
                {
                    if (!Monitor.Wait(Gate, IdleTime) && Waiting.Count == 0)
                    {
                        _idle--;
                        _threads--;
                        return null;
                    }
                }
                if (Waiting.Dequeue() is { IsAbandoned: false } call)
                {
                    call.HasThread = true;
                    _idle--;
                    return call;
                }
            }
        }
    }

    private static void End(BlockingCall call)
    {
        lock (Gate)
        {
            call.HasThread = false;
            if (call.IsAbandoned)
                _stuck--;
        }
    }
}
