using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Waits on many sockets on one thread. All but <see cref="Wake"/> is for that thread only.</summary>
internal interface ISocketPoller : IDisposable
{
    /// <summary>How it waits, for people.</summary>
    string Name { get; }

    /// <summary>How many sockets it can watch without growing slow.</summary>
    int Capacity { get; }

    /// <summary>Watches a socket.</summary>
    /// <exception cref="SocketException">The system has no memory for it.</exception>
    void Add(PolledSocket polled);

    /// <summary>Looks again at what a socket waits for.</summary>
    void Change(PolledSocket polled);

    /// <summary>Watches a socket no more; it may be closed afterwards.</summary>
    void Remove(PolledSocket polled);

    /// <summary>Waits until sockets are ready, or the time is over, or it is woken, and lets each that is ready do its work.</summary>
    /// <param name="milliseconds">How long; for ever when negative.</param>
    void Wait(int milliseconds);

    /// <summary>Makes <see cref="Wait"/> return.</summary>
    void Wake();
}
