using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class ProxyTests
{
    private const int HangGuard = 30_000;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Microsocks_leads_to_the_host(bool hasUser)
    {
        using var proxy = await Daemon.StartAsync(
            "microsocks", port => ["-i", "127.0.0.1", "-p", $"{port}", .. hasUser ? new[] { "-u", "me", "-P", "secret" } : []], Test);
        await using var peer = ScriptedPeer.Start(static c => c.SendAsync("through\n"));

        using var connection = await OpenAsync($"socks5h://127.0.0.1:{proxy.Port}", peer.Port, hasUser ? "me" : null);

        Assert.Equal("through\n", Text(connection));
        Assert.Equal(peer.Port, connection.Port);
        if (!hasUser)
            return;
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync($"socks5://127.0.0.1:{proxy.Port}", peer.Port, "other"));
        Assert.Equal(Reason.PermissionDenied, error.Reason);
        error = await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync($"socks5://127.0.0.1:{proxy.Port}", peer.Port, null));
        Assert.Contains("-ProxyCredential", error.Message);
    }

    [Fact]
    public async Task A_host_that_refuses_the_proxy_is_told()
    {
        using var proxy = await Daemon.StartAsync("microsocks", port => ["-i", "127.0.0.1", "-p", $"{port}"], Test);
        using var closed = LoopbackPort.Closed();

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync($"socks5://127.0.0.1:{proxy.Port}", closed.Number, null));

        Assert.Equal(Reason.ConnectionRefused, error.Reason);
        Assert.Contains("SOCKS reply 5", error.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nVia: test\r\n\r\n")]
    [InlineData("HTTP/1.0 200\n\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")]
    public async Task An_http_proxy_is_asked_to_connect_and_keeps_what_follows(string answer)
    {
        var head = new TaskCompletionSource<string>();
        await using var proxy = ScriptedPeer.Start(async c =>
        {
            head.SetResult(await c.ReadHeadAsync());
            await c.SendAsync(answer + "through\n");
        });

        using var connection = await OpenAsync($"http://127.0.0.1:{proxy.Port}", 4711, "me");

        Assert.Equal("through\n", Text(connection));
        var basic = Convert.ToBase64String("me:secret"u8);
        Assert.Equal($"CONNECT 127.0.0.1:4711 HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nProxy-Authorization: Basic {basic}\r\n\r\n", await head.Task);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", Reason.PermissionDenied)]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\n\r\n", Reason.ConnectionRefused)]
    [InlineData("SSH-2.0-x\r\n\r\n", Reason.ProtocolViolation)]
    [InlineData("HTTP/1.1 2", Reason.ConnectionClosed)]
    public async Task An_http_proxy_that_refuses_is_told(string answer, Reason reason)
    {
        await using var proxy = ScriptedPeer.Answering(answer);

        Assert.Equal(reason, (await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync($"http://127.0.0.1:{proxy.Port}", 1, null))).Reason);
    }

    [Theory]
    [InlineData("SSH-2.0-x\r\n", Reason.ProtocolViolation)]
    [InlineData("HTTP/1.1 503 Not now\r\nContent-Length: 9\r\n", Reason.ConnectionRefused)]
    public async Task An_http_proxy_that_refuses_is_not_waited_for(string answer, Reason reason)
    {
        await using var proxy = ScriptedPeer.Start(async c =>
        {
            await c.SendAsync(answer);
            await c.WaitForCloseAsync();
        });

        Assert.Equal(reason, (await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync($"http://127.0.0.1:{proxy.Port}", 1, null))).Reason);
    }

    [Theory]
    [InlineData("https://x")]
    [InlineData("socks4://x")]
    [InlineData("x:1080")]
    [InlineData("http://u:p@x")]
    public void What_is_no_proxy_is_refused(string url) => Assert.Throws<FormatException>(() => ProxyServer.Parse(url));

    private static Task<SocketConnection> OpenAsync(string proxy, int port, string? user) => new SocketConnector().ConnectAsync(
        new ConnectOptions
        {
            Target = new HostTarget("127.0.0.1", port),
            Proxy = ProxyServer.Parse(proxy).For(user, "secret"),
            TimeoutMilliseconds = HangGuard,
        },
        Test);

    private static string Text(SocketConnection connection) =>
        Encoding.UTF8.GetString(connection.Receive(new DelimiterRule("\n"u8.ToArray()), 100, new WaitLimit(HangGuard, Test)).Bytes!);
}
