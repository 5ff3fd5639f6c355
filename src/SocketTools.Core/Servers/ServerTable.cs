using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>The servers that run in this process, each with the session that started it.</summary>
internal static class ServerTable
{
    private static readonly object Gate = new();
    private static readonly List<(SocketServer Server, Guid Owner)> Entries = [];

    /// <summary>The running servers, in the order they were started.</summary>
    public static IReadOnlyList<SocketServer> Running
    {
        get
        {
            lock (Gate)
            {
                Entries.RemoveAll(static entry => entry.Server.State == ServerState.Stopped);
                return [.. Entries.Select(static entry => entry.Server)];
            }
        }
    }

    /// <summary>Enters a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="owner">The session with which it ends.</param>
    public static void Add(SocketServer server, Guid owner)
    {
        lock (Gate)
            Entries.Add((server, owner));
    }

    /// <summary>Stops the servers of a session.</summary>
    public static void StopAllOf(Guid owner)
    {
        List<SocketServer> servers;
        lock (Gate)
        {
            servers = [.. Entries.Where(entry => entry.Owner == owner).Select(static entry => entry.Server)];
            Entries.RemoveAll(entry => entry.Owner == owner);
        }
        foreach (var server in servers)
            server.Stop();
    }
}
