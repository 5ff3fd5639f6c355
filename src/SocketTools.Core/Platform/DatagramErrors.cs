using System.Net.Sockets;

namespace SocketTools;

/// <summary>What the network says of a datagram that it could not deliver.</summary>
internal static class DatagramErrors
{
    /// <summary>Makes Linux tell of every ICMP error, as other systems do by themselves: else it tells an unconnected socket
    /// of none, and a connected one of refusals only (IP_RECVERR of ip(7), IPV6_RECVERR of ipv6(7)).</summary>
    public static void TellAll(Socket socket)
    {
#if NET
        if (!System.OperatingSystem.IsLinux())
            return;
        var (level, option) = socket.AddressFamily == AddressFamily.InterNetworkV6 ? (41, 25) : (0, 11);
        socket.SetRawSocketOption(level, option, [1, 0, 0, 0]);
#endif
    }
}
