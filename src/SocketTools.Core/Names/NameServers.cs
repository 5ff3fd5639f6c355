using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Finds the DNS servers to ask.</summary>
internal static class NameServers
{
    public const int Port = 53;

    /// <summary>The server that was given, of which a name is resolved by the system; else those that the system is set up to
    /// ask. The caller disposes of it.</summary>
    /// <exception cref="NameResolutionException">The server's name does not resolve, or the system has no server.</exception>
    public static async Task<DnsResolver> FindAsync(HostTarget? server, TimeSpan deadline, CancellationToken cancellation)
    {
        IReadOnlyList<IPAddress> addresses = server is null
            ? SystemNameServers.Find()
            : await new HostResolver().GetAddressesAsync(server.ComputerName, AddressFamily.Unspecified, deadline, cancellation).ConfigureAwait(false);
        return addresses.Count > 0
            ? new DnsResolver(addresses.Select(address => new IPEndPoint(address, server?.Port ?? Port)))
            : throw new NameResolutionException(
                "This computer is set up to ask no DNS server. Give one with -Server.", null, Failure.Because(Reason.NameServerFailure));
    }
}
