using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A call that blocks and cannot be cancelled (the system resolver's), on a thread that is not the thread pool's.</summary>
/// <remarks>A thread pool thread that blocks delays every completion behind it, which turns into false time-outs.</remarks>
internal abstract class BlockingCall
{
    private readonly TaskCompletionSource<bool> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a thread has taken the call: what it takes from then on is the call's own time.</summary>
    public Task Taken => _taken.Task;

    // What BlockingThreads keeps of a call, under its lock.
    internal bool HasThread { get; set; }

    internal bool IsAbandoned { get; set; }

    /// <summary>Runs a call as soon as there is a thread for it.</summary>
    /// <param name="function">What blocks.</param>
    /// <param name="abandoned">Says that nobody waits any more. A call that blocks goes on, but not at the cost of others.</param>
    public static BlockingCall<T> Start<T>(Func<T> function, CancellationToken abandoned)
    {
        var call = new BlockingCall<T>(function);
        BlockingThreads.Enqueue(call);
        abandoned.Register(static state => BlockingThreads.Abandon((BlockingCall)state!), call);
        return call;
    }

    /// <summary>Runs the call on the thread that took it.</summary>
    internal void Run()
    {
        _taken.SetResult(true);
        Call();
    }

    /// <summary>Calls, and tells the result.</summary>
    protected abstract void Call();
}

/// <summary>A call that blocks, and what it returns.</summary>
internal sealed class BlockingCall<T> : BlockingCall
{
    private readonly Func<T> _function;
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal BlockingCall(Func<T> function) => _function = function;

    /// <summary>What the call returned or threw.</summary>
    public Task<T> Result => _result.Task;

    /// <inheritdoc/>
    protected override void Call()
    {
        try
        {
            _result.SetResult(_function());
        }
        catch (Exception error)
        {
            _result.SetException(error);
        }
    }
}
