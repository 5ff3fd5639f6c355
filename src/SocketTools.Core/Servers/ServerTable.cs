using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>The servers that run in this process, each with the session that started it.</summary>
internal static class ServerTable
{
    private static readonly SessionTable<SocketServer> Table = new(
        static server => server.State != ServerState.Stopped, static server => server.Stop());

    /// <summary>The running servers, in the order they were started.</summary>
    public static IReadOnlyList<SocketServer> Running => Table.Open;

    /// <summary>Enters a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="owner">The session with which it ends.</param>
    public static void Add(SocketServer server, Guid owner) => Table.Add(server, owner);

    /// <summary>Stops the servers of a session.</summary>
    public static void StopAllOf(Guid owner) => Table.CloseAllOf(owner);
}
