using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class HostLookupTests
{
    private static readonly HostLookupOptions Plenty = new() { Timeout = TimeSpan.FromSeconds(30) };

    private readonly ScriptedResolver _system = new();

    [Fact]
    public async Task A_name_gives_canonical_name_aliases_addresses_and_reverse_names()
    {
        _system.KnowsAlias("www", "web.example", "192.0.2.1", "2001:db8::1")
            .LeadsBack("192.0.2.1", "web1.example", "web")
            .LeadsBack("2001:db8::1", "WEB1.example");

        var host = await FindAsync("www", Plenty with { Reverse = true });

        Assert.Equal("www", host.ComputerName);
        Assert.Equal("web.example", host.HostName);
        Assert.Equal(["www"], host.Aliases);
        Assert.Equal(["192.0.2.1", "2001:db8::1"], host.Addresses);
        Assert.Equal(["192.0.2.1"], host.IPv4Addresses);
        Assert.Equal(["2001:db8::1"], host.IPv6Addresses);
        Assert.Equal(["web1.example", "web"], host.ReverseNames);
        Assert.Equal("web1.example", host.FullyQualifiedName);
    }

    [Fact]
    public async Task The_addresses_of_a_name_lead_back_only_when_that_is_asked_for()
    {
        _system.Knows("web", "192.0.2.1").LeadsBack("192.0.2.1", "web1.example");

        var host = await FindAsync("web");

        Assert.Empty(host.ReverseNames);
        Assert.Null(host.ForwardConfirmed);
        Assert.Equal("web", host.FullyQualifiedName);
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("192.0.2.3", false)]
    [InlineData("192.0.2.9", null)]
    public async Task A_reverse_name_is_confirmed_when_it_leads_back_to_the_address(string address, bool? confirmed)
    {
        _system.Knows("web.example", "192.0.2.8", "192.0.2.1")
            .LeadsBack("192.0.2.1", "other.example", "web.example")
            .LeadsBack("192.0.2.2", "web.example")
            .LeadsBack("192.0.2.3", "nowhere.example");

        Assert.Equal(confirmed, (await FindAsync(address, Plenty with { Reverse = true })).ForwardConfirmed);
    }

    [Fact]
    public async Task The_name_that_answered_shows_the_search_suffix()
    {
        _system.Completes("db1", "db1.corp.example", "192.0.2.1");
        _system.KnowsAlias("www", "edge.cdn.example", "192.0.2.1");

        Assert.Equal("db1.corp.example", (await FindAsync("db1")).AnsweredName);
        Assert.Equal("www", (await FindAsync("www")).AnsweredName);
    }

    [Fact]
    public async Task The_ways_to_a_host_are_the_tuples_of_getaddrinfo()
    {
        _system.Knows("web", "192.0.2.1", "2001:db8::1");

        var any = await FindAsync("web");
        var http = await FindAsync("web", Plenty with { Needs = SocketNeeds.Of("http") with { Kind = SocketKind.Stream } });
        var own = await FindAsync("web:8443", Plenty with { Needs = SocketNeeds.Of("http") });

        Assert.Equal(6, any.AddressInfo.Length);
        Assert.All(any.AddressInfo, static way => Assert.Equal(0, way.Port));
        Assert.Equal(["192.0.2.1:80 Stream", "[2001:db8::1]:80 Stream"], http.AddressInfo.Select(static way => way.ToString()));
        Assert.Equal((IPVersion.IPv6, TransportProtocol.Tcp), (http.AddressInfo[1].Family, http.AddressInfo[1].Protocol));
        Assert.All(own.AddressInfo, static way => Assert.Equal(8443, way.Port));
    }

    [Fact]
    public async Task Without_a_network_the_name_server_is_not_to_blame()
    {
        _system.Fails("far", SocketError.TryAgain, "EAI_AGAIN");
        var lookup = new HostLookup(new HostResolver(_system, static () => false), Plenty);

        var error = await Assert.ThrowsAsync<NameResolutionException>(
            () => lookup.FindAsync(HostTarget.Parse("far"), TestContext.Current.CancellationToken));

        Assert.Equal((Reason.NetworkUnreachable, "EAI_AGAIN"), (error.Reason, error.ErrorName));
    }

    [Fact]
    public async Task Five_hundred_that_hang_delay_no_other()
    {
        using var hang = _system.Hangs("stuck");
        _system.Knows("good", "192.0.2.5");
        var stuck = Enumerable.Range(0, 500).Select(_ => FindAsync("stuck", new() { Timeout = TimeSpan.FromSeconds(20) })).ToArray();

        var good = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => FindAsync("good")));

        Assert.All(good, static host => Assert.Equal(["192.0.2.5"], host.Addresses));
        Assert.DoesNotContain(stuck, static task => task.IsCompleted);
        hang.Set();
        foreach (var task in stuck)
            await Assert.ThrowsAsync<NameResolutionException>(() => task);
    }

    [Fact]
    public async Task This_host_knows_its_interfaces_and_its_sockets()
    {
        var here = await new HostLookup(new HostResolver(), Plenty).FindThisHostAsync(TestContext.Current.CancellationToken);

        Assert.Contains(here.Interfaces, static card => card.Index > 0 && card.State == InterfaceState.Up && card.Addresses.Contains("127.0.0.1/8"));
        Assert.All(here.OutgoingAddresses, address => Assert.Contains(address, here.Addresses));
        Assert.Contains(here.Sockets, static kind => kind is { Name: "IPv4", IsSupported: true, Reason: null });
        Assert.All(here.Sockets, static kind => Assert.Equal(kind.IsSupported, kind.ErrorName is null));
    }

    [Fact]
    public async Task An_international_name_is_asked_for_in_its_ASCII_form()
    {
        _system.Knows("xn--mnchen-3ya.example", "192.0.2.6");

        var host = await FindAsync("münchen.example");

        Assert.Equal("münchen.example", host.ComputerName);
        Assert.Equal(["192.0.2.6"], host.Addresses);
    }

    [Fact]
    public async Task The_canonical_name_is_qualified_when_no_reverse_name_has_a_dot()
    {
        _system.Knows("db1", "192.0.2.2").LeadsBack("192.0.2.2", "db1");

        Assert.Equal("db1", (await FindAsync("db1")).FullyQualifiedName);
    }

    [Fact]
    public async Task An_address_is_not_looked_up_forward()
    {
        _system.LeadsBack("192.0.2.3", "mail.example", "smtp.example");

        var host = await FindAsync("192.0.2.3");

        Assert.Equal(["192.0.2.3"], host.Addresses);
        Assert.Equal("mail.example", host.HostName);
        Assert.Equal(["smtp.example"], host.Aliases);
    }

    [Fact]
    public async Task An_address_without_a_name_is_no_error()
    {
        var host = await FindAsync("192.0.2.4");

        Assert.Empty(host.ReverseNames);
        Assert.Equal("192.0.2.4", host.HostName);
        Assert.Equal("192.0.2.4", host.FullyQualifiedName);
    }

    [Fact]
    public async Task A_name_with_addresses_of_the_other_family_does_exist()
    {
        _system.Knows("four", "192.0.2.7");
        var error = await Assert.ThrowsAsync<NameResolutionException>(() => FindAsync("four", new() { Family = AddressFamily.InterNetworkV6 }));

        Assert.Equal((Reason.NoAddress, "EAI_ADDRFAMILY"), (error.Reason, error.ErrorName));
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "EAI_NONAME", Reason.NameNotResolved)]
    [InlineData(SocketError.NoData, "EAI_NODATA", Reason.NoAddress)]
    [InlineData(SocketError.TryAgain, "EAI_AGAIN", Reason.NameServerFailure)]
    [InlineData(SocketError.NoRecovery, "EAI_FAIL", Reason.NameServerFailure)]
    public async Task Different_failures_are_different(SocketError kind, string name, Reason reason)
    {
        _system.Fails("bad", kind, name);

        var error = await Assert.ThrowsAsync<NameResolutionException>(() => FindAsync("bad"));

        Assert.Equal(reason, error.Reason);
        Assert.Equal(name, error.ErrorName);
        Assert.Equal("bad", error.EndPoint);
        Assert.Contains(Remedy.For(reason), error.Message);
    }

    [Fact]
    public async Task A_look_up_that_hangs_ends_at_its_deadline_and_delays_no_other()
    {
        using var hang = _system.Hangs("stuck");
        _system.Knows("good", "192.0.2.5");
        var waiting = FindAsync("stuck", new() { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal("good", (await FindAsync("good")).HostName);
        var error = await Assert.ThrowsAsync<NameResolutionException>(() => waiting);
        Assert.Equal(Reason.ResolutionTimedOut, error.Reason);
        hang.Set();
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_a_resolver_that_hangs()
    {
        using var hang = _system.Hangs("stuck");
        using var cancel = new CancellationTokenSource();
        var waiting = new HostLookup(new HostResolver(_system), Plenty).FindAsync(HostTarget.Parse("stuck"), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        hang.Set();
    }

    private Task<HostInfo> FindAsync(string host, HostLookupOptions? options = null) =>
        new HostLookup(new HostResolver(_system, static () => true), options ?? Plenty)
            .FindAsync(HostTarget.Parse(host), TestContext.Current.CancellationToken);
}
