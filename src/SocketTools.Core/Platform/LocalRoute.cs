using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Whether this host has an address from which it could send to another.</summary>
internal static class LocalRoute
{
    /// <summary>Whether an address is one of this host's, to send from.</summary>
    public static bool IsOwn(IPAddress source)
    {
        try
        {
            using var socket = new Socket(source.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(source, 0));
            return true;
        }
        catch (SocketException error)
        {
            return IsShort(error);
        }
    }

    /// <summary>Asks the routing table through a datagram socket, which sends nothing by being connected.</summary>
    public static bool Exists(IPAddress address, IPAddress? source)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (source is not null)
                socket.Bind(new IPEndPoint(source, 0));
            socket.Connect(address, 9);
            return true;
        }
        catch (SocketException error)
        {
            return IsShort(error);
        }
    }

    /// <summary>The address that this host would send from to another; null when it has none. Nothing is sent.</summary>
    public static IPAddress? SourceFor(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address, 9);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            // No route, or no such family.
            return null;
        }
    }

    // Without a descriptor to ask with, nothing speaks against it.
    private static bool IsShort(SocketException error) =>
        error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
}
