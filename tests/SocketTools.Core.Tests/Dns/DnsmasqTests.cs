using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Look-ups against a server that others wrote.</summary>
public sealed class DnsmasqTests(DnsmasqServer dnsmasq) : IClassFixture<DnsmasqServer>
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("web.example.test", DnsRecordType.A, "127.0.0.10")]
    [InlineData("web.example.test", DnsRecordType.AAAA, "::1")]
    [InlineData("www.example.test", DnsRecordType.CNAME, "alias.example.test.")]
    [InlineData("127.0.0.10", DnsRecordType.PTR, "web.example.test.")]
    [InlineData("::1", DnsRecordType.PTR, "web.example.test.")]
    [InlineData("example.test", DnsRecordType.MX, "10 mx1.example.test.", "20 mx2.example.test.")]
    [InlineData("_ldap._tcp.example.test", DnsRecordType.SRV, "5 7 389 h1.example.test.")]
    [InlineData("example.test", DnsRecordType.TXT, "\"v=spf1 -all\" \"second\"")]
    [InlineData("example.test", DnsRecordType.CAA, "0 issue \"ca.example.test\"")]
    [InlineData("auth.test", DnsRecordType.NS, "ns.auth.test.")]
    [InlineData("auth.test", DnsRecordType.SOA, "ns.auth.test. root.auth.test. 7 100 200 300 600")]
    [InlineData("bücher.example.test", DnsRecordType.A, "127.0.0.11")]
    [InlineData("WEB.example.test.", DnsRecordType.A, "127.0.0.10")]
    public async Task Every_type_has_its_records(string name, DnsRecordType type, params string[] data)
    {
        var answer = await FindAsync(name, type);

        Assert.Empty(answer.Failures);
        Assert.Equal(data, answer.Records.Select(static record => record.Data).Order());
        Assert.All(answer.Records, record => Assert.Equal((type, dnsmasq.EndPoint.ToString()), (record.Type, record.Server)));
    }

    [Theory]
    [InlineData("nosuch.example.test", DnsRecordType.A, Reason.NameNotResolved, "NXDOMAIN")]
    [InlineData("web.example.test", DnsRecordType.MX, Reason.NoRecord, "NODATA")]
    [InlineData("example.invalid", DnsRecordType.A, Reason.QueryRefused, "REFUSED")]
    public async Task What_is_not_there_has_its_reason(string name, DnsRecordType type, Reason reason, string code)
    {
        var error = Assert.Single((await FindAsync(name, type)).Failures);

        Assert.Equal((reason, code), (error.Reason, error.ErrorName));
    }

    [Fact]
    public async Task Many_addresses_come_over_TCP()
    {
        var answer = await FindAsync("many.example.test", DnsRecordType.A);

        Assert.Empty(answer.Failures);
        Assert.Equal(300, answer.Records.Count);
        Assert.Distinct(answer.Records.Select(static record => record.IPAddress));
    }

    [Fact]
    public async Task A_host_has_aliases_and_addresses_of_both_families()
    {
        dnsmasq.Require();
        using var resolver = new DnsResolver([dnsmasq.EndPoint]);

        var host = await new HostLookup(new DnsHostResolver(resolver), new() { Timeout = Plenty }).FindAsync(HostTarget.Parse("www.example.test"), Cancellation);

        Assert.Equal("web.example.test", host.HostName);
        Assert.Equal(["www.example.test", "alias.example.test"], host.Aliases);
        Assert.Equal(["127.0.0.10", "::1"], host.Addresses);
    }

    [Fact]
    public async Task Of_ten_thousand_names_none_is_lost()
    {
        dnsmasq.Require();
        using var resolver = new DnsResolver([dnsmasq.EndPoint]);
        var resolving = new DnsHostResolver(resolver);

        var answers = await Task.WhenAll(Enumerable.Range(0, DnsmasqServer.Hosts).Select(host =>
            resolving.ResolveAsync($"h{host}.example.test", AddressFamily.InterNetwork, Plenty, Cancellation)));

        Assert.Equal(
            Enumerable.Range(0, DnsmasqServer.Hosts).Select(DnsmasqServer.AddressOf),
            answers.Select(static answer => Assert.Single(answer.Addresses).ToString()));
    }

    private async Task<DnsAnswer> FindAsync(string name, DnsRecordType type)
    {
        dnsmasq.Require();
        using var resolver = new DnsResolver([dnsmasq.EndPoint]);
        return await new DnsLookup(resolver, Plenty).FindAsync(DnsName.Parse(name), [type], Cancellation);
    }
}
