namespace SocketTools;

/// <summary>Chooses how this system waits on many sockets.</summary>
internal static class SocketPoller
{
    /// <summary>The best poller of this system, or the one of all systems.</summary>
    public static ISocketPoller Open(bool portable = false) =>
        LinuxSockets.IsSupported && !portable ? new EpollPoller() : new SelectPoller();
}
