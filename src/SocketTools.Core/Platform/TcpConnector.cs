using System.Net.Sockets;

namespace SocketTools;

/// <summary>The way to the socket for this system.</summary>
internal static class TcpConnector
{
    /// <param name="keepsConnections">Whether connections are handed over to whoever asks for them.</param>
    public static IConnector Create(bool keepsConnections = false)
    {
        if (keepsConnections || !LinuxSockets.IsSupported)
            return new EventArgsConnector();
        try
        {
            return new EpollConnector();
        }
        catch (SocketException)
        {
            // No descriptor is free for the epoll instance; the other way needs none of its own and tells of the shortage.
            return new EventArgsConnector();
        }
    }
}
