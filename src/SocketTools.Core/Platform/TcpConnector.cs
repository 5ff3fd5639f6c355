using System.Net.Sockets;

namespace SocketTools;

/// <summary>The way to the socket for this system.</summary>
internal static class TcpConnector
{
    public static IConnector Create()
    {
        if (!LinuxSockets.IsSupported)
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
