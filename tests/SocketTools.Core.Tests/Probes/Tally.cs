using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Counts, and says when it has come to a number.</summary>
/// <param name="awaited">The number.</param>
internal sealed class Tally(int awaited)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Ends when so many have been counted.</summary>
    public Task Reached => _reached.Task;

    public void Count()
    {
        if (Interlocked.Increment(ref _count) == awaited)
            _reached.SetResult();
    }
}
