using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class BannerTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "SSH-2.0-OpenSSH_9.6")]
    [InlineData("220-one\r\n220 two\r\n", "220-one\\r\\n220 two")]
    [InlineData("\u001b[31mred\u0007", "\\x1b[31mred\\x07")]
    [InlineData("caf\u00c3\u00a9", "caf\u00e9")]
    [InlineData("\u00ff\u00fb\u0001", "\\xff\\xfb\\x01")]
    public async Task What_the_server_says_first_is_shown_and_kept_as_it_came(string sent, string shown)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.SendAsync(sent);
            await connection.WaitForCloseAsync();
        });

        var result = await ProbeAsync(peer.Port);

        Assert.Equal(PortState.Open, result.State);
        Assert.Equal(shown, result.Banner);
        Assert.Equal(Encoding.Latin1.GetBytes(sent), result.BannerBytes);
    }

    [Fact]
    public async Task A_banner_in_pieces_is_one()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.SendByteByByteAsync("220 ready\r\n");
            await connection.WaitForCloseAsync();
        });

        Assert.Equal("220 ready", (await ProbeAsync(peer.Port)).Banner);
    }

    [Fact]
    public async Task A_server_that_waits_is_spoken_to()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            var head = await connection.ReadHeadAsync();
            await connection.SendAsync("heard " + head);
        });

        var result = await ProbeAsync(peer.Port, "HEAD / HTTP/1.0\r\n\r\n");

        Assert.Equal("heard HEAD / HTTP/1.0", result.Banner);
    }

    [Fact]
    public async Task A_silent_server_is_open_without_a_banner_when_the_time_is_over()
    {
        using var port = LoopbackPort.Open();
        var clock = Stopwatch.StartNew();

        var result = await ProbeAsync(port.Number, timeout: TimeSpan.FromMilliseconds(1000));

        Assert.Equal(PortState.Open, result.State);
        Assert.Null(result.Banner);
        Assert.Null(result.BannerBytes);
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(990));
        Assert.True(result.LatencyMs < 990);
    }

    [Fact]
    public async Task A_server_that_never_stops_is_cut_off()
    {
        await using var peer = ScriptedPeer.Start(static async connection =>
        {
            var piece = new byte[1000];
            while (true)
                await connection.SendAsync(piece);
        });

        Assert.Equal(BannerReader.MostBytes, (await ProbeAsync(peer.Port)).BannerBytes!.Length);
    }

    [Fact]
    public async Task A_server_that_resets_is_open()
    {
        await using var peer = ScriptedPeer.Start(static connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });

        var result = await ProbeAsync(peer.Port);

        Assert.Equal((PortState.Open, null), (result.State, result.Banner));
    }

    private static async Task<TcpPortResult> ProbeAsync(int port, string payload = "", TimeSpan? timeout = null)
    {
        var options = new PortScanOptions
        {
            ReadBanner = true,
            Payload = Encoding.ASCII.GetBytes(payload),
            Timeout = timeout ?? TimeSpan.FromSeconds(5),
        };
        var observer = new PortScanRecorder();
        var cancellation = TestContext.Current.CancellationToken;
        using var scanner = new PortScanner(
            options, observer, TcpConnector.Create(keepsConnections: true), new HostResolver(new ScriptedResolver()), cancellation);
        await scanner.AddAsync(new HostTarget("127.0.0.1", null), PortSet.Of(port));
        await scanner.CompleteAsync().WaitAsync(Hang, cancellation);
        return observer.Results.Single();
    }
}
