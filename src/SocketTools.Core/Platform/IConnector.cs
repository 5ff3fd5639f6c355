using System;
using System.Net;

namespace SocketTools;

/// <summary>Sends off probes, a socket each, and tells how they ended; sockets are closed before that is told.</summary>
internal interface IConnector : IDisposable
{
    /// <summary>What it is built on, for people.</summary>
    string Name { get; }

    /// <summary>Called on any thread when an attempt that was under way has ended.</summary>
    Action<ConnectAttempt>? Ended { get; set; }

    /// <summary>Sends off a probe.</summary>
    /// <returns>True when it is under way and <see cref="Ended"/> will be called; false when it has ended already.</returns>
    bool Connect(ConnectAttempt attempt);

    /// <summary>Whether this host has an address, or can use the one that it is to use, to send from to another.</summary>
    bool HasRouteTo(IPAddress address, IPAddress? source);
}
