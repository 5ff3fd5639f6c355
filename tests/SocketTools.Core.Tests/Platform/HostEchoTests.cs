using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class HostEchoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.3.2.1")]
    [InlineData("::1")]
    public async Task A_host_that_is_up_replies(string host)
    {
        using var echo = Open();
        Assert.SkipUnless(host != "::1" || Socket.OSSupportsIPv6, "this system has no IPv6");
        Assert.SkipUnless(host != "127.3.2.1" || OperatingSystem.IsLinux(), "only Linux answers on every loopback address");

        var ms = await echo.AskAsync(IPAddress.Parse(host), Patience, TestContext.Current.CancellationToken);

        Assert.NotNull(ms);
        Assert.InRange(ms.Value, 0, Patience.TotalMilliseconds);
    }

    [Fact]
    public async Task Many_hosts_are_asked_at_once()
    {
        using var echo = Open();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux answers on every loopback address");

        var replies = await Task.WhenAll(HostSet.Parse("127.1.0.0/26").Select(host =>
            echo.AskAsync(IPAddress.Parse(host.ComputerName), Patience, TestContext.Current.CancellationToken)));

        Assert.Equal(64, replies.Length);
        Assert.All(replies, static ms => Assert.NotNull(ms));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.9", true)]
    [InlineData("::1", false)]
    public async Task It_can_be_asked_from_one_address(string source, bool replies)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        using var echo = Open(IPAddress.Parse(source));

        var ms = await echo.AskAsync(IPAddress.Loopback, Patience, TestContext.Current.CancellationToken);

        Assert.Equal(replies, ms is not null);
    }

    [Fact]
    public void An_address_of_somebody_else_gives_no_echo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows chooses the address itself");

        Assert.Null(HostEcho.TryCreate(IPAddress.Parse("192.0.2.250")));
    }

    [Fact]
    public async Task A_request_that_cannot_be_sent_has_no_reply()
    {
        using var echo = Open();

        // To the address of everybody nobody may send without asking for it.
        Assert.Null(await echo.AskAsync(IPAddress.Broadcast, Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_is_asked_of_a_socket_that_is_closed()
    {
        var echo = Open();
        echo.Dispose();

        Assert.Null(await echo.AskAsync(IPAddress.Loopback, Patience, TestContext.Current.CancellationToken));
    }

    private static IHostEcho Open(IPAddress? source = null)
    {
        var echo = HostEcho.TryCreate(source);
        Assert.SkipWhen(echo is null, "this user may not send echo requests");
        return echo!;
    }
}
