using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>The newest connections of a server, and those who want to know of each.</summary>
internal sealed class ConnectionLog
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 1000;

    private readonly object _gate = new();
    private readonly Queue<ServerConnection> _newest = new();
    private Action<ServerConnection, bool>[] _watchers = [];

    /// <summary>The newest, in the order they came.</summary>
    public IReadOnlyList<ServerConnection> Newest
    {
        get
        {
            lock (_gate)
                return _newest.ToArray(); // An array: PowerShell indexes no other list that C# would make here.
        }
    }

    /// <summary>Keeps a connection that was opened.</summary>
    public void Opened(ServerConnection connection)
    {
        lock (_gate)
        {
            if (_newest.Count == Kept)
                _newest.Dequeue();
            _newest.Enqueue(connection);
        }
        Tell(connection, isOpen: true);
    }

    /// <summary>Tells that a connection has ended.</summary>
    public void Closed(ServerConnection connection) => Tell(connection, isOpen: false);

    /// <summary>Tells of every connection from now on: when it is opened, and when it has ended.</summary>
    /// <param name="watcher">Called on the threads that serve: it must not take long.</param>
    public void Watch(Action<ServerConnection, bool> watcher)
    {
        lock (_gate)
            _watchers = [.. _watchers, watcher];
    }

    /// <summary>Tells it no more.</summary>
    public void Unwatch(Action<ServerConnection, bool> watcher)
    {
        lock (_gate)
            _watchers = [.. _watchers.Where(other => other != watcher)];
    }

    private void Tell(ServerConnection connection, bool isOpen)
    {
        foreach (var watcher in _watchers)
            watcher(connection, isOpen);
    }
}
