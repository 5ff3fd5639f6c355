using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Hosts as a chosen DNS server knows them.</summary>
public sealed class DnsHostResolverTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);
    private static readonly byte[] Six = IPAddress.Parse("2001:db8::1").GetAddressBytes();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_families_are_asked_for_and_nothing_else()
    {
        using var peer = DnsPeer.Start(Zone);

        var host = await FindAsync(peer, "www.example.test");

        Assert.Equal(("www.example.test", "web.example.test", "web.example.test"), (host.ComputerName, host.HostName, host.FullyQualifiedName));
        Assert.Equal(["www.example.test", "alias.example.test"], host.Aliases);
        Assert.Equal(["192.0.2.2", "192.0.2.1", "2001:db8::1"], host.Addresses);
        Assert.Empty(host.ReverseNames);
        Assert.Equal([1, 28], peer.Asked.Select(static asked => DnsMessages.Asked(asked.Message).Type).Order());
    }

    [Theory, InlineData(AddressFamily.InterNetwork, 1), InlineData(AddressFamily.InterNetworkV6, 28)]
    public async Task One_family_is_one_question(AddressFamily family, int type)
    {
        using var peer = DnsPeer.Start(Zone);

        var host = await FindAsync(peer, "www.example.test", family);

        Assert.Equal(type, DnsMessages.Asked(Assert.Single(peer.Asked).Message).Type);
        Assert.All(host.Addresses, address => Assert.Equal(family, IPAddress.Parse(address).AddressFamily));
    }

    [Fact]
    public async Task An_address_gives_its_names()
    {
        using var peer = DnsPeer.Start(Zone);

        var host = await FindAsync(peer, "192.0.2.1");

        Assert.Equal(("web.example.test", "web.example.test"), (host.HostName, host.FullyQualifiedName));
        Assert.Equal(["web.example.test", "also.example.test"], host.ReverseNames);
        Assert.Equal(["also.example.test"], host.Aliases);
        Assert.Equal(("1.2.0.192.in-addr.arpa", 12), DnsMessages.Asked(Assert.Single(peer.Asked).Message));
    }

    [Fact]
    public async Task An_address_without_a_name_is_no_error()
    {
        using var peer = DnsPeer.Start(Zone);

        Assert.Equal("192.0.2.9", (await FindAsync(peer, "192.0.2.9")).HostName);
    }

    [Theory]
    [InlineData("four.example.test", AddressFamily.InterNetworkV6, Reason.NoAddress, "NODATA")]
    [InlineData("none.example.test", AddressFamily.Unspecified, Reason.NoAddress, "NODATA")]
    [InlineData("nosuch.example.test", AddressFamily.Unspecified, Reason.NameNotResolved, "NXDOMAIN")]
    [InlineData("half.example.test", AddressFamily.Unspecified, Reason.NameServerFailure, "SERVFAIL")]
    [InlineData("203.0.113.1", AddressFamily.Unspecified, Reason.QueryRefused, "REFUSED")]
    public async Task Different_failures_are_different(string name, AddressFamily family, Reason reason, string code)
    {
        using var peer = DnsPeer.Start(Zone);

        var error = await Assert.ThrowsAsync<NameResolutionException>(() => FindAsync(peer, name, family));

        Assert.Equal((reason, code, name), (error.Reason, error.ErrorName, error.EndPoint));
        Assert.Contains(peer.EndPoint.ToString(), error.Message);
    }

    [Fact]
    public async Task A_name_as_a_server_is_resolved_by_the_system()
    {
        using var peer = DnsPeer.Start(Zone);
        using var resolver = await NameServers.FindAsync(HostTarget.Parse($"localhost:{peer.EndPoint.Port}"), Plenty, Cancellation);

        var host = await new HostLookup(new DnsHostResolver(resolver), new() { Family = AddressFamily.InterNetwork, Timeout = Plenty })
            .FindAsync(HostTarget.Parse("four.example.test"), Cancellation);

        Assert.Equal(["192.0.2.4"], host.Addresses);
    }

    private static byte[] Zone(byte[] question)
    {
        IEnumerable<byte[]> records = DnsMessages.Asked(question) switch
        {
            ("www.example.test", 1) => [.. Aliases, DnsMessages.A("192.0.2.2", "web.example.test"), DnsMessages.A("192.0.2.1", "web.example.test")],
            ("www.example.test", 28) => [.. Aliases, DnsMessages.Record(28, Six, "web.example.test")],
            ("four.example.test", 1) or ("half.example.test", 1) => [DnsMessages.A("192.0.2.4")],
            ("1.2.0.192.in-addr.arpa", 12) =>
            [
                DnsMessages.Record(12, DnsMessages.Name("web.example.test")),
                DnsMessages.Record(12, DnsMessages.Name("also.example.test")),
            ],
            _ => [],
        };
        var code = DnsMessages.Asked(question) switch
        {
            ("nosuch.example.test", _) or ("9.2.0.192.in-addr.arpa", _) => 3,
            ("half.example.test", 28) => 2,
            ("1.113.0.203.in-addr.arpa", _) => 5,
            _ => 0,
        };
        return DnsMessages.Answer(question, code, [.. records]);
    }

    private static byte[][] Aliases =>
        [DnsMessages.Cname("alias.example.test"), DnsMessages.Cname("web.example.test", "alias.example.test")];

    private static async Task<HostInfo> FindAsync(DnsPeer peer, string host, AddressFamily family = AddressFamily.Unspecified)
    {
        using var resolver = new DnsResolver([peer.EndPoint]);
        return await new HostLookup(new DnsHostResolver(resolver), new() { Family = family, Timeout = Plenty }).FindAsync(HostTarget.Parse(host), Cancellation);
    }
}
