using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Arguments;

/// <summary>What -IPv4 and -IPv6 say together: neither or both means any.</summary>
internal static class AddressFamilySwitches
{
    public static AddressFamily Of(SwitchParameter ipv4, SwitchParameter ipv6) => (ipv4.IsPresent, ipv6.IsPresent) switch
    {
        (true, false) => AddressFamily.InterNetwork,
        (false, true) => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };

    /// <summary>What they say where the address to send from may say it too.</summary>
    public static AddressFamily Of(SwitchParameter ipv4, SwitchParameter ipv6, IPAddress? source) =>
        Of(ipv4, ipv6) is var family && source is not null && family == AddressFamily.Unspecified ? source.AddressFamily : family;
}
