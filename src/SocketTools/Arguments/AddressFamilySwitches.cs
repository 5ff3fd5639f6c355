using System.Management.Automation;
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
}
