using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;

namespace SocketTools;

/// <summary>What this computer knows of itself without asking anyone.</summary>
internal sealed record ThisHost(string Name, string Domain, IReadOnlyList<InterfaceInfo> Interfaces, IReadOnlyList<IPAddress> Addresses)
{
    // Addresses that no network has (RFC 5737, RFC 3849): only the routing table is asked for the way to them.
    private static readonly IPAddress[] Elsewhere = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")];

    /// <summary>The addresses that it sends from by its default routes.</summary>
    public static IEnumerable<string> OutgoingAddresses =>
        Elsewhere.Select(LocalRoute.SourceFor).OfType<IPAddress>().Select(static address => address.ToString());

    public static ThisHost Look()
    {
        var cards = NetworkInterface.GetAllNetworkInterfaces();
        return new ThisHost(
            Dns.GetHostName(),
            IPGlobalProperties.GetIPGlobalProperties().DomainName,
            [.. cards.Select(static card => new InterfaceInfo(card)).OrderBy(static card => card.Index)],
            [.. OwnAddresses(cards)]);
    }

    private static IEnumerable<IPAddress> OwnAddresses(IEnumerable<NetworkInterface> cards) =>
        from card in cards
        where card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from unicast in card.GetIPProperties().UnicastAddresses
        select unicast.Address;
}
