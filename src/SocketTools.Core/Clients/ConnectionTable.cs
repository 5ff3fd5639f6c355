using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>The connections that are open in this process, each with the session that opened it.</summary>
internal static class ConnectionTable
{
    private static readonly SessionTable<SocketConnection> Table = new(
        static connection => connection.State != ConnectionState.Closed, static connection => connection.Dispose());

    /// <summary>The open connections, in the order they were opened.</summary>
    public static IReadOnlyList<SocketConnection> Open => Table.Open;

    /// <summary>Enters a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="owner">The session with which it ends.</param>
    public static void Add(SocketConnection connection, Guid owner) => Table.Add(connection, owner);

    /// <summary>Closes the connections of a session.</summary>
    public static void CloseAllOf(Guid owner) => Table.CloseAllOf(owner);
}
