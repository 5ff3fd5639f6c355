using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>What sessions of this process hold open, in the order it was opened; a session's own ends with it.</summary>
internal sealed class SessionTable<T>
    where T : class
{
    private const int Few = 64;

    private readonly object _gate = new();
    private readonly List<(T Item, Guid Owner)> _entries = [];
    private readonly Func<T, bool> _isOpen;
    private readonly Action<T> _close;
    private int _sweepAt = Few;

    /// <param name="isOpen">Whether an item still is; one that is not is forgotten in time.</param>
    /// <param name="close">Ends an item whose session ends.</param>
    public SessionTable(Func<T, bool> isOpen, Action<T> close)
    {
        _isOpen = isOpen;
        _close = close;
    }

    /// <summary>The open items of all sessions.</summary>
    public IReadOnlyList<T> Open
    {
        get
        {
            lock (_gate)
            {
                Sweep();
                return [.. _entries.Select(static entry => entry.Item)];
            }
        }
    }

    /// <summary>Enters an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="owner">The session with which it ends.</param>
    public void Add(T item, Guid owner)
    {
        lock (_gate)
        {
            // Sweeping each time would make many items at once a matter of their square.
            if (_entries.Count >= _sweepAt)
            {
                Sweep();
                _sweepAt = Math.Max(Few, 2 * _entries.Count);
            }
            _entries.Add((item, owner));
        }
    }

    /// <summary>Ends the items of a session.</summary>
    public void CloseAllOf(Guid owner)
    {
        List<T> items;
        lock (_gate)
        {
            items = [.. _entries.Where(entry => entry.Owner == owner).Select(static entry => entry.Item)];
            _entries.RemoveAll(entry => entry.Owner == owner);
        }
        items.ForEach(_close);
    }

    private void Sweep() => _entries.RemoveAll(entry => !_isOpen(entry.Item));
}
