using System;
using System.Globalization;
using System.Linq;
using System.Net;

namespace SocketTools;

/// <summary>A block of addresses that stands for more than a host on the internet.</summary>
internal sealed record SpecialAddresses(AddressBlock Block, AddressScope Scope, bool? GloballyReachable, string Purpose, string Specification)
{
    // Null is where IANA says that it depends.
    private const bool Reachable = true;

    /// <summary>IANA's registries of special-purpose addresses as of October 2025 (RFC 6890 and RFC 8190), and the rest of
    /// the address space as RFC 4291, RFC 5771 and RFC 1112 part it. Where blocks lie within each other, the smallest counts.</summary>
    private static readonly SpecialAddresses[] All =
    [
        .. new[]
        {
            Of("0.0.0.0/0", AddressScope.Global, Reachable, "Unicast", "RFC 791"),
            Of("0.0.0.0/8", AddressScope.ThisNetwork, !Reachable, "This network", "RFC 791"),
            Of("0.0.0.0/32", AddressScope.Unspecified, !Reachable, "This host on this network", "RFC 1122"),
            Of("10.0.0.0/8", AddressScope.Private, !Reachable, "Private-Use", "RFC 1918"),
            Of("100.64.0.0/10", AddressScope.Shared, !Reachable, "Shared Address Space", "RFC 6598"),
            Of("127.0.0.0/8", AddressScope.Loopback, !Reachable, "Loopback", "RFC 1122"),
            Of("169.254.0.0/16", AddressScope.LinkLocal, !Reachable, "Link Local", "RFC 3927"),
            Of("172.16.0.0/12", AddressScope.Private, !Reachable, "Private-Use", "RFC 1918"),
            Of("192.0.0.0/24", AddressScope.ProtocolAssignment, !Reachable, "IETF Protocol Assignments", "RFC 6890"),
            Of("192.0.0.0/29", AddressScope.ProtocolAssignment, !Reachable, "IPv4 Service Continuity Prefix", "RFC 7335"),
            Of("192.0.0.8/32", AddressScope.ProtocolAssignment, !Reachable, "IPv4 dummy address", "RFC 7600"),
            Of("192.0.0.9/32", AddressScope.ProtocolAssignment, Reachable, "Port Control Protocol Anycast", "RFC 7723"),
            Of("192.0.0.10/32", AddressScope.ProtocolAssignment, Reachable, "Traversal Using Relays around NAT Anycast", "RFC 8155"),
            Of("192.0.0.170/31", AddressScope.ProtocolAssignment, !Reachable, "NAT64/DNS64 Discovery", "RFC 8880"),
            Of("192.0.2.0/24", AddressScope.Documentation, !Reachable, "Documentation (TEST-NET-1)", "RFC 5737"),
            Of("192.31.196.0/24", AddressScope.Global, Reachable, "AS112-v4", "RFC 7535"),
            Of("192.52.193.0/24", AddressScope.Global, Reachable, "AMT", "RFC 7450"),
            Of("192.88.99.0/24", AddressScope.SixToFour, null, "Deprecated (6to4 Relay Anycast)", "RFC 7526"),
            Of("192.88.99.2/32", AddressScope.ProtocolAssignment, !Reachable, "6a44-relay anycast address", "RFC 6751"),
            Of("192.168.0.0/16", AddressScope.Private, !Reachable, "Private-Use", "RFC 1918"),
            Of("192.175.48.0/24", AddressScope.Global, Reachable, "Direct Delegation AS112 Service", "RFC 7534"),
            Of("198.18.0.0/15", AddressScope.Benchmarking, !Reachable, "Benchmarking", "RFC 2544"),
            Of("198.51.100.0/24", AddressScope.Documentation, !Reachable, "Documentation (TEST-NET-2)", "RFC 5737"),
            Of("203.0.113.0/24", AddressScope.Documentation, !Reachable, "Documentation (TEST-NET-3)", "RFC 5737"),
            Of("224.0.0.0/4", AddressScope.Multicast, Reachable, "Multicast", "RFC 5771"),
            Of("224.0.0.0/24", AddressScope.Multicast, !Reachable, "Local Network Control Block", "RFC 5771"),
            Of("232.0.0.0/8", AddressScope.Multicast, Reachable, "Source-Specific Multicast Block", "RFC 5771"),
            Of("239.0.0.0/8", AddressScope.Multicast, !Reachable, "Administratively Scoped Block", "RFC 2365"),
            Of("240.0.0.0/4", AddressScope.Reserved, !Reachable, "Reserved", "RFC 1112"),
            Of("255.255.255.255/32", AddressScope.Broadcast, !Reachable, "Limited Broadcast", "RFC 919"),

            Of("::/0", AddressScope.Reserved, !Reachable, "Reserved by IETF", "RFC 4291"),
            Of("::/96", AddressScope.IPv4Compatible, !Reachable, "IPv4-compatible Address (deprecated)", "RFC 4291"),
            Of("::/128", AddressScope.Unspecified, !Reachable, "Unspecified Address", "RFC 4291"),
            Of("::1/128", AddressScope.Loopback, !Reachable, "Loopback Address", "RFC 4291"),
            Of("::ffff:0:0/96", AddressScope.IPv4Mapped, !Reachable, "IPv4-mapped Address", "RFC 4291"),
            Of("64:ff9b::/96", AddressScope.Nat64, Reachable, "IPv4-IPv6 Translation", "RFC 6052"),
            Of("64:ff9b:1::/48", AddressScope.Nat64, !Reachable, "IPv4-IPv6 Translation", "RFC 8215"),
            Of("100::/64", AddressScope.DiscardOnly, !Reachable, "Discard-Only Address Block", "RFC 6666"),
            Of("100:0:0:1::/64", AddressScope.ProtocolAssignment, !Reachable, "Dummy IPv6 Prefix", "RFC 9780"),
            Of("2000::/3", AddressScope.Global, Reachable, "Global Unicast", "RFC 4291"),
            Of("2001::/23", AddressScope.ProtocolAssignment, !Reachable, "IETF Protocol Assignments", "RFC 2928"),
            Of("2001::/32", AddressScope.Teredo, null, "TEREDO", "RFC 4380"),
            Of("2001:1::1/128", AddressScope.ProtocolAssignment, Reachable, "Port Control Protocol Anycast", "RFC 7723"),
            Of("2001:1::2/128", AddressScope.ProtocolAssignment, Reachable, "Traversal Using Relays around NAT Anycast", "RFC 8155"),
            Of("2001:1::3/128", AddressScope.ProtocolAssignment, Reachable, "DNS-SD Service Registration Protocol Anycast", "RFC 9665"),
            Of("2001:2::/48", AddressScope.Benchmarking, !Reachable, "Benchmarking", "RFC 5180"),
            Of("2001:3::/32", AddressScope.Global, Reachable, "AMT", "RFC 7450"),
            Of("2001:4:112::/48", AddressScope.Global, Reachable, "AS112-v6", "RFC 7535"),
            Of("2001:10::/28", AddressScope.ProtocolAssignment, null, "Deprecated (previously ORCHID)", "RFC 4843"),
            Of("2001:20::/28", AddressScope.ProtocolAssignment, Reachable, "ORCHIDv2", "RFC 7343"),
            Of("2001:30::/28", AddressScope.ProtocolAssignment, Reachable, "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374"),
            Of("2001:db8::/32", AddressScope.Documentation, !Reachable, "Documentation", "RFC 3849"),
            Of("2002::/16", AddressScope.SixToFour, null, "6to4", "RFC 3056"),
            Of("2620:4f:8000::/48", AddressScope.Global, Reachable, "Direct Delegation AS112 Service", "RFC 7534"),
            Of("3fff::/20", AddressScope.Documentation, !Reachable, "Documentation", "RFC 9637"),
            Of("5f00::/16", AddressScope.SegmentRouting, !Reachable, "Segment Routing (SRv6) SIDs", "RFC 9602"),
            Of("fc00::/7", AddressScope.UniqueLocal, !Reachable, "Unique-Local", "RFC 4193"),
            Of("fe80::/10", AddressScope.LinkLocal, !Reachable, "Link-Local Unicast", "RFC 4291"),
            Of("fec0::/10", AddressScope.SiteLocal, !Reachable, "Site-Local Unicast (deprecated)", "RFC 3879"),
            Of("ff00::/8", AddressScope.Multicast, !Reachable, "Multicast", "RFC 4291"),
        }.OrderByDescending(static special => special.Block.PrefixLength),
    ];

    /// <summary>The smallest block that holds an address.</summary>
    public static SpecialAddresses Holding(byte[] address) => Array.Find(All, special => special.Block.Contains(address))!;

    private static SpecialAddresses Of(string block, AddressScope scope, bool? reachable, string purpose, string specification)
    {
        var slash = block.IndexOf('/');
        var prefix = int.Parse(block.Substring(slash + 1), CultureInfo.InvariantCulture);
        return new(new AddressBlock(IPAddress.Parse(block.Substring(0, slash)).GetAddressBytes(), prefix), scope, reachable, purpose, specification);
    }
}
