using System.Threading;

namespace SocketTools;

/// <summary>A host that was asked for, and how many of its results are still to come. The same name given twice is two.</summary>
internal sealed class HostWork
{
    private int _left;

    public HostWork(string computerName) => ComputerName = computerName;

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>Says how many results are to come.</summary>
    public void Expect(int results) => _left = results;

    /// <summary>Takes one result as done.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool CountDone() => Interlocked.Decrement(ref _left) == 0;
}
