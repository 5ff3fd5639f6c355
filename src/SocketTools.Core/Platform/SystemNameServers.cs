using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;

namespace SocketTools;

/// <summary>The DNS servers that this system is set up to ask.</summary>
internal static class SystemNameServers
{
    /// <summary>In the system's order, each once. (Windows lists site-local ones, fec0:0:0:ffff::1 to 3, where none is set up.)</summary>
    public static IReadOnlyList<IPAddress> Find() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(static card => card.OperationalStatus != OperationalStatus.Down)
            .SelectMany(static card => card.GetIPProperties().DnsAddresses)
            .Where(static address => !address.IsIPv6SiteLocal)
            .Distinct(),
    ];
}
