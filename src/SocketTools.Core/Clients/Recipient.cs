using System.Net;
using System.Threading;

namespace SocketTools;

/// <summary>Where a datagram of an unconnected socket goes.</summary>
internal static class Recipient
{
    /// <summary>The end point of a host in the socket's address family.</summary>
    /// <exception cref="NameResolutionException">The name does not resolve.</exception>
    public static EndPoint Of(string computerName, int port, SocketConnection connection, WaitLimit limit, CancellationToken cancellation)
    {
        if (HostTarget.TryParseAddress(computerName, out var address))
            return new IPEndPoint(address, port);
        var deadline = System.TimeSpan.FromMilliseconds(limit.Milliseconds);
        var addresses = new HostResolver().GetAddressesAsync(computerName, connection.AddressFamily, deadline, cancellation);
        return new IPEndPoint(addresses.GetAwaiter().GetResult()[0], port);
    }
}
