using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Servers that want to cost: each costs bounded memory, and the time that was given.</summary>
public sealed class HostileServerTests
{
    private const int TimeGiven = 500;
    private const int Some = 100;

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", "and more and more")]
    [InlineData("HTTP/1.1 200 ", "and more and more")]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("", "\r\n\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0000000000000000")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1;a=0123456789abcdef\r\nx\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "and more and more")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-More: and more\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "and more and more")]
    public async Task Without_an_end_ends_at_a_limit(string start, string more)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(start);
            var block = string.Concat(System.Linq.Enumerable.Repeat(more, 1000));
            while (true)
                await connection.SendAsync(block);
        });
        var (error, allocated) = await FailureAsync(peer, new RawHttpOptions { TimeoutMilliseconds = 60_000, Limits = new HttpLimits { BodyBytes = 200_000, Headers = 100_000 } });
        Assert.Equal(Reason.LimitExceeded, error.Reason);
        Assert.InRange(allocated, 0, 30_000_000);
        Assert.True(Assert.IsType<RawHttpResponse>(error.PartialResult).BytesReceived < 3_000_000);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    public async Task With_a_size_beyond_all_sizes_is_refused(string text)
    {
        await using var peer = ScriptedPeer.Answering(text);
        Assert.Equal(Reason.ProtocolViolation, (await FailureAsync(peer, new RawHttpOptions { TimeoutMilliseconds = 60_000 })).Error.Reason);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFF\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")]
    public async Task That_sends_a_byte_now_and_then_ends_in_time(string start)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(start);
            while (true)
            {
                await Task.Delay(Some, TestContext.Current.CancellationToken);
                await connection.SendAsync("\u001f");
            }
        });
        var clock = Stopwatch.StartNew();
        var (error, _) = await FailureAsync(peer, new RawHttpOptions { TimeoutMilliseconds = TimeGiven, Decompress = true });
        Assert.True(error.Reason is Reason.TimedOut or Reason.ProtocolViolation, error.Message);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 20 * TimeGiven);
    }

    private static async Task<(SocketToolsException Error, long Allocated)> FailureAsync(ScriptedPeer peer, RawHttpOptions options) =>
        await Task.Factory.StartNew(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var error = Assert.ThrowsAny<SocketToolsException>(() => new RawHttpClient().Send(
                    new RawHttpRequest(HttpUrl.Parse($"http://{peer.EndPoint}/")), options, TestContext.Current.CancellationToken));
                return (error, GC.GetAllocatedBytesForCurrentThread() - before);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
