using System.Diagnostics;
using System.Threading;

namespace SocketTools;

/// <summary>A host that was asked for, and how many of its results are still to come. The same name given twice is two.</summary>
internal sealed class HostWork
{
    private int _left;

    public HostWork(string computerName, object? purpose = null)
    {
        ComputerName = computerName;
        Purpose = purpose;
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>What the one who added the host keeps with it.</summary>
    public object? Purpose { get; }

    /// <summary>When its turn came, as a time stamp of <see cref="Stopwatch"/>.</summary>
    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Says how many results are to come.</summary>
    public void Expect(int results) => _left = results;

    /// <summary>Takes one result as done.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool CountDone() => Interlocked.Decrement(ref _left) == 0;
}
