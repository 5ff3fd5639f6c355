using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Whether this host has an address from which it could send to another.</summary>
internal static class LocalRoute
{
    /// <summary>Asks the routing table through a datagram socket, which sends nothing by being connected.</summary>
    public static bool Exists(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address, 9);
            return true;
        }
        catch (SocketException error)
        {
            // Without a descriptor to ask with, nothing speaks against it.
            return error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
        }
    }
}
