using System.Net;
using CsCheck;

namespace SocketTools.Tests;

public sealed class AddressScopeTests
{
    [Theory]
    [InlineData("0.0.0.0", AddressScope.Unspecified)]
    [InlineData("0.0.0.1", AddressScope.ThisNetwork)]
    [InlineData("1.1.1.1", AddressScope.Global)]
    [InlineData("10.255.255.255", AddressScope.Private)]
    [InlineData("11.0.0.0", AddressScope.Global)]
    [InlineData("100.63.255.255", AddressScope.Global)]
    [InlineData("100.64.0.0", AddressScope.Shared)]
    [InlineData("100.127.255.255", AddressScope.Shared)]
    [InlineData("127.255.255.255", AddressScope.Loopback)]
    [InlineData("169.254.1.1", AddressScope.LinkLocal)]
    [InlineData("172.15.255.255", AddressScope.Global)]
    [InlineData("172.16.0.0", AddressScope.Private)]
    [InlineData("172.31.255.255", AddressScope.Private)]
    [InlineData("172.32.0.0", AddressScope.Global)]
    [InlineData("192.0.0.9", AddressScope.ProtocolAssignment)]
    [InlineData("192.0.2.1", AddressScope.Documentation)]
    [InlineData("192.88.99.1", AddressScope.SixToFour)]
    [InlineData("192.168.0.1", AddressScope.Private)]
    [InlineData("198.19.255.255", AddressScope.Benchmarking)]
    [InlineData("198.51.100.1", AddressScope.Documentation)]
    [InlineData("203.0.113.1", AddressScope.Documentation)]
    [InlineData("224.0.0.1", AddressScope.Multicast)]
    [InlineData("239.255.255.250", AddressScope.Multicast)]
    [InlineData("240.0.0.0", AddressScope.Reserved)]
    [InlineData("255.255.255.254", AddressScope.Reserved)]
    [InlineData("255.255.255.255", AddressScope.Broadcast)]
    [InlineData("::", AddressScope.Unspecified)]
    [InlineData("::1", AddressScope.Loopback)]
    [InlineData("::2", AddressScope.IPv4Compatible)]
    [InlineData("::ffff:127.0.0.1", AddressScope.IPv4Mapped)]
    [InlineData("64:ff9b::1", AddressScope.Nat64)]
    [InlineData("64:ff9b:1::1", AddressScope.Nat64)]
    [InlineData("100::1", AddressScope.DiscardOnly)]
    [InlineData("100:0:0:1::1", AddressScope.ProtocolAssignment)]
    [InlineData("2001::1", AddressScope.Teredo)]
    [InlineData("2001:1::1", AddressScope.ProtocolAssignment)]
    [InlineData("2001:2::1", AddressScope.Benchmarking)]
    [InlineData("2001:200::1", AddressScope.Global)]
    [InlineData("2001:db8::1", AddressScope.Documentation)]
    [InlineData("2002::1", AddressScope.SixToFour)]
    [InlineData("2606:4700::1", AddressScope.Global)]
    [InlineData("3fff::1", AddressScope.Documentation)]
    [InlineData("3fff:1000::1", AddressScope.Global)]
    [InlineData("4000::1", AddressScope.Reserved)]
    [InlineData("5f00::1", AddressScope.SegmentRouting)]
    [InlineData("fc00::1", AddressScope.UniqueLocal)]
    [InlineData("fdff::1", AddressScope.UniqueLocal)]
    [InlineData("fe00::1", AddressScope.Reserved)]
    [InlineData("fe80::1", AddressScope.LinkLocal)]
    [InlineData("febf::1", AddressScope.LinkLocal)]
    [InlineData("fec0::1", AddressScope.SiteLocal)]
    [InlineData("ff02::1", AddressScope.Multicast)]
    public void An_address_has_the_scope_of_the_smallest_block(string address, AddressScope scope) =>
        Assert.Equal(scope, IPAddressInfo.Parse(address).Scope);

    [Theory]
    [InlineData("10.0.0.1", "Private-Use", "RFC 1918", false)]
    [InlineData("192.0.0.1", "IPv4 Service Continuity Prefix", "RFC 7335", false)]
    [InlineData("192.0.0.10", "Traversal Using Relays around NAT Anycast", "RFC 8155", true)]
    [InlineData("192.31.196.1", "AS112-v4", "RFC 7535", true)]
    [InlineData("8.8.8.8", "Unicast", "RFC 791", true)]
    [InlineData("64:ff9b::1", "IPv4-IPv6 Translation", "RFC 6052", true)]
    [InlineData("64:ff9b:1::1", "IPv4-IPv6 Translation", "RFC 8215", false)]
    [InlineData("2001:20::1", "ORCHIDv2", "RFC 7343", true)]
    [InlineData("2002::1", "6to4", "RFC 3056", null)]
    public void An_address_has_the_registry_s_entry(string address, string purpose, string specification, bool? reachable)
    {
        var info = IPAddressInfo.Parse(address);

        Assert.Equal((purpose, specification, reachable), (info.Purpose, info.Specification, info.GloballyReachable));
    }

    [Theory]
    [InlineData("224.0.0.251", MulticastScope.LinkLocal, false)]
    [InlineData("224.0.1.1", MulticastScope.Global, true)]
    [InlineData("232.1.1.1", MulticastScope.Global, true)]
    [InlineData("239.1.1.1", MulticastScope.OrganizationLocal, false)]
    [InlineData("239.192.0.1", MulticastScope.OrganizationLocal, false)]
    [InlineData("239.200.0.1", MulticastScope.AdminLocal, false)]
    [InlineData("239.255.255.250", MulticastScope.RealmLocal, false)]
    [InlineData("ff01::1", MulticastScope.InterfaceLocal, false)]
    [InlineData("ff02::fb", MulticastScope.LinkLocal, false)]
    [InlineData("ff05::2", MulticastScope.SiteLocal, false)]
    [InlineData("ff08::1", MulticastScope.OrganizationLocal, false)]
    [InlineData("ff3e::1", MulticastScope.Global, true)]
    [InlineData("ff06::1", null, false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("fe80::1", null, false)]
    public void Multicast_reaches_as_far_as_its_scope(string address, MulticastScope? scope, bool reachable)
    {
        var info = IPAddressInfo.Parse(address);

        Assert.Equal((scope, reachable), (info.MulticastScope, info.GloballyReachable));
    }

    [Theory]
    [InlineData("0.0.0.0", AddressClass.A)]
    [InlineData("127.255.255.255", AddressClass.A)]
    [InlineData("128.0.0.0", AddressClass.B)]
    [InlineData("191.255.255.255", AddressClass.B)]
    [InlineData("192.0.0.0", AddressClass.C)]
    [InlineData("223.255.255.255", AddressClass.C)]
    [InlineData("224.0.0.0", AddressClass.D)]
    [InlineData("239.255.255.255", AddressClass.D)]
    [InlineData("240.0.0.0", AddressClass.E)]
    public void An_IPv4_address_has_a_class(string address, AddressClass expected) => Assert.Equal(expected, IPAddressInfo.Parse(address).Class);

    [Fact]
    public void Every_address_has_a_scope() => Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Sample(static bytes =>
    {
        var info = new IPAddressInfo(new IPAddress(bytes));

        Assert.NotEqual(default, info.Scope);
        Assert.NotEmpty(info.Purpose);
        Assert.StartsWith("RFC ", info.Specification);
    });
}
