using System;
using System.Linq;
using System.Net;

namespace SocketTools.Tests;

public sealed class ResolveHostInfoTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_name_gives_its_addresses()
    {
        var host = _session.Run("Resolve-HostInfo localhost").Only<HostInfo>();

        Assert.Equal("localhost", host.ComputerName);
        Assert.Contains("127.0.0.1", host.IPv4Addresses);
        Assert.All(host.Addresses, static a => Assert.True(IPAddress.TryParse(a, out _)));
        Assert.Equal(host.Addresses.Order(), host.IPv4Addresses.Concat(host.IPv6Addresses).Order());
    }

    [Fact]
    public void An_address_gives_its_names()
    {
        var host = _session.Run("Resolve-HostInfo 127.0.0.1").Only<HostInfo>();

        Assert.Equal(["127.0.0.1"], host.Addresses);
        Assert.Equal("localhost", host.HostName);
        Assert.Contains("localhost", host.ReverseNames);
    }

    [Fact]
    public void Without_an_argument_it_is_this_host()
    {
        var host = _session.Run("Resolve-HostInfo").Only<LocalHostInfo>();

        Assert.Equal(Dns.GetHostName(), host.ComputerName);
        Assert.NotEmpty(host.FullyQualifiedName);
        Assert.Empty(_session.Run("@() | Resolve-HostInfo").Output);
    }

    [Fact]
    public void This_host_tells_of_its_interfaces_and_sockets()
    {
        var here = _session.Run("Resolve-HostInfo").Only<LocalHostInfo>();

        Assert.Contains(here.Interfaces, static card => card.Addresses.Contains("127.0.0.1/8"));
        Assert.Contains(here.Sockets, static kind => kind is { Name: "IPv4", IsSupported: true });
    }

    [Fact]
    public void Results_come_in_the_order_of_the_hosts_when_that_is_asked_for()
    {
        var hosts = _session.Run("1..200 | ForEach-Object { \"127.0.0.1:$_\" } | Resolve-HostInfo -InOrder").All<HostInfo>();

        Assert.Equal(Enumerable.Range(1, 200), hosts.Select(static host => host.AddressInfo[0].Port));
    }

    [Fact]
    public void A_service_and_a_kind_of_socket_restrict_the_ways_to_a_host()
    {
        var way = Assert.Single(_session.Run("Resolve-HostInfo 127.0.0.1 -Service http -SocketType Stream").Only<HostInfo>().AddressInfo);

        Assert.Equal((80, SocketKind.Stream, TransportProtocol.Tcp, SocketFamily.IPv4), (way.Port, way.SocketType, way.Protocol, way.Family));
        Assert.All(_session.Run("Resolve-HostInfo 127.0.0.1:8080").Only<HostInfo>().AddressInfo, static any => Assert.Equal(8080, any.Port));
        Assert.Contains("not a service", Assert.Single(_session.Run("Resolve-HostInfo localhost -Service nosuch").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reverse_name_is_confirmed_on_request()
    {
        Assert.True(_session.Run("Resolve-HostInfo 127.0.0.1 -Reverse").Only<HostInfo>().ForwardConfirmed);
        Assert.Null(_session.Run("Resolve-HostInfo 127.0.0.1").Only<HostInfo>().ForwardConfirmed);
    }

    [Theory]
    [InlineData("Resolve-HostInfo $neverSet")]
    [InlineData("$null | Resolve-HostInfo")]
    [InlineData("[pscustomobject]@{ ComputerName = $null } | Resolve-HostInfo")]
    public void Null_is_not_this_host(string script)
    {
        var run = _session.Run(script);

        Assert.Single(run.Errors);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Names_that_do_not_resolve_are_errors_of_their_own()
    {
        var run = _session.Run("'localhost', 'no-such-host.invalid', '127.0.0.1' | Resolve-HostInfo");

        var error = Assert.Single(run.Errors);
        Assert.Contains(
            error.FullyQualifiedErrorId.Split(',')[0],
            new[] { "NameNotResolved", "NameServerFailure", "ResolutionTimedOut", "NetworkUnreachable" });
        Assert.Equal("no-such-host.invalid", error.TargetObject);
        Assert.IsType<NameResolutionException>(error.Exception);
        Assert.Equal(2, run.Output.Count);
    }

    [Fact]
    public void An_old_form_of_an_address_is_taken_when_asked_for() =>
        Assert.Equal("127.0.0.1", _session.Run("Get-IPAddressInfo 0x7f.1 -AllowLegacyIPv4 | Resolve-HostInfo").Only<HostInfo>().ComputerName);

    [Fact]
    public void Families_are_kept_apart()
    {
        Assert.Empty(_session.Run("Resolve-HostInfo localhost -IPv4").Only<HostInfo>().IPv6Addresses);
        Assert.Equal("NoAddress", Assert.Single(_session.Run("Resolve-HostInfo 127.0.0.1 -IPv6").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Many_hosts_are_all_answered()
    {
        var hosts = _session.Run("1..300 | ForEach-Object { 'localhost' } | Resolve-HostInfo -ThrottleLimit 16").All<HostInfo>();

        Assert.Equal(300, hosts.Length);
    }

    [Fact]
    public void What_it_finds_pipes_into_a_port_test()
    {
        using var port = LoopbackPort.Open();

        var result = _session.Run($"Resolve-HostInfo localhost | Test-TcpPort -Port {port.Number}").Only<TcpPortResult>();

        Assert.Equal(PortState.Open, result.State);
    }

    [Fact]
    public void A_given_server_is_asked_and_nobody_else()
    {
        using var server = DnsPeer.Start(static question => DnsMessages.Asked(question) is ("localhost", 1)
            ? DnsMessages.Answer(question, 0, DnsMessages.Cname("web.example.test"), DnsMessages.A("192.0.2.1", "web.example.test"))
            : DnsMessages.Answer(question, 3));

        var host = _session.Run($"Resolve-HostInfo localhost -IPv4 -Server {server.EndPoint}").Only<HostInfo>();
        var error = Assert.Single(_session.Run($"Resolve-HostInfo localhost6 -Server {server.EndPoint}").Errors);

        Assert.Equal(["192.0.2.1"], host.Addresses);
        Assert.Equal(("web.example.test", "localhost"), (host.HostName, Assert.Single(host.Aliases)));
        Assert.Equal("NXDOMAIN", Assert.IsType<NameResolutionException>(error.Exception).ErrorName);
        Assert.Equal(
            [("localhost", 1), ("localhost6", 1), ("localhost6", 28)],
            server.Asked.Select(static asked => DnsMessages.Asked(asked.Message)).Order());
    }
}
