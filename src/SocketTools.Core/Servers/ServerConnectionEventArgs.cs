using System;

namespace SocketTools;

/// <summary>Which connection of a server an event is about.</summary>
public sealed class ServerConnectionEventArgs : EventArgs
{
    internal ServerConnectionEventArgs(ServerConnection connection) => Connection = connection;

    /// <summary>The connection.</summary>
    public ServerConnection Connection { get; }
}
