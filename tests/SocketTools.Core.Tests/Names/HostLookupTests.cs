using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class HostLookupTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);

    private readonly ScriptedResolver _system = new();

    [Fact]
    public async Task A_name_gives_canonical_name_aliases_addresses_and_reverse_names()
    {
        _system.KnowsAlias("www", "web.example", "192.0.2.1", "2001:db8::1")
            .LeadsBack("192.0.2.1", "web1.example", "web")
            .LeadsBack("2001:db8::1", "WEB1.example");

        var host = await FindAsync("www");

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
        var lookup = new HostLookup(new HostResolver(_system), AddressFamily.InterNetworkV6, Plenty);

        var error = await Assert.ThrowsAsync<NameResolutionException>(() => lookup.FindAsync("four", TestContext.Current.CancellationToken));

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
        var stuck = new HostLookup(new HostResolver(_system), AddressFamily.Unspecified, TimeSpan.FromMilliseconds(50));

        var waiting = stuck.FindAsync("stuck", CancellationToken.None);

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
        var waiting = new HostLookup(new HostResolver(_system), AddressFamily.Unspecified, Plenty).FindAsync("stuck", cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        hang.Set();
    }

    private Task<HostInfo> FindAsync(string host) =>
        new HostLookup(new HostResolver(_system), AddressFamily.Unspecified, Plenty).FindAsync(host, TestContext.Current.CancellationToken);
}
