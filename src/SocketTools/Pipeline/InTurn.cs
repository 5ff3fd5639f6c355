using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>One of many items that are worked on at once, and written each after the one before it.</summary>
internal sealed class InTurn<T>
{
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="item">The item.</param>
    /// <param name="before">Ends when the item's turn has come.</param>
    public InTurn(T item, Task before)
    {
        Item = item;
        Before = before;
    }

    public T Item { get; }

    public Task Before { get; }

    /// <summary>Ends with the item's turn.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends the item's turn.</summary>
    public void End() => _ended.TrySetResult(true);
}
