using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
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
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n")]
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
            var block = string.Concat(Enumerable.Repeat(more, 1000));
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

    // Neither waits for anything.
    [Theory]
    [InlineData("1F8B08000000000000030300000000000000000000")] // gzip's members without a byte
    [InlineData("1F8B0800000000000003", "000000FFFF")] // and its blocks
    public async Task That_sends_much_that_is_nothing_costs_the_time_given(string start, string? more = null)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            await connection.SendAsync(Convert.FromHexString(more is null ? "" : start));
            var block = Convert.FromHexString(string.Concat(Enumerable.Repeat(more ?? start[..^2], 50_000)));
            while (true)
                await connection.SendAsync(block);
        });
        var clock = Stopwatch.StartNew();
        var (error, _) = await FailureAsync(peer, new RawHttpOptions { TimeoutMilliseconds = TimeGiven, Decompress = true });
        Assert.Equal(Reason.TimedOut, error.Reason);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 4 * TimeGiven);
    }

    // A thousand bytes on the wire are a million here: in memory they end at the limit, in a file when the time is over.
    [Theory]
    [InlineData("gzip", false)]
    [InlineData("deflate", false)]
    [InlineData("br", false)]
    [InlineData("gzip", true)]
    [InlineData("deflate", true)]
    [InlineData("br", true)]
    public async Task That_sends_a_bomb_costs_bounded_memory_and_the_time_given(string coding, bool toFile)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
            await connection.SendAsync(Bomb(coding, 200_000_000));
            await connection.WaitForCloseAsync();
        });
        var file = toFile ? Path.GetTempFileName() : null;
        var clock = Stopwatch.StartNew();
        var (error, allocated) = await FailureAsync(peer, new RawHttpOptions
        {
            TimeoutMilliseconds = toFile ? TimeGiven : 60_000,
            Decompress = true,
            OutFile = file,
            Limits = new HttpLimits { BodyBytes = toFile ? long.MaxValue : 5_000_000 },
        });
        Assert.Equal(toFile ? Reason.TimedOut : Reason.LimitExceeded, error.Reason);
        Assert.InRange(allocated, 0, 40_000_000);
        var partial = Assert.IsType<RawHttpResponse>(error.PartialResult);
        if (file is not null)
        {
            Assert.InRange(clock.ElapsedMilliseconds, 0, 20 * TimeGiven);
            Assert.Equal(partial.BodyLength, new FileInfo(file).Length);
            File.Delete(file);
        }
    }

    [Fact]
    public async Task That_sends_faster_than_is_read_ends_in_time()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\n");
            var block = new byte[1_000_000];
            while (true)
                await connection.SendAsync(block);
        });
        var clock = Stopwatch.StartNew();
        var file = Path.GetTempFileName();
        var (error, allocated) = await FailureAsync(peer, new RawHttpOptions { TimeoutMilliseconds = TimeGiven, OutFile = file, Limits = new HttpLimits { BodyBytes = long.MaxValue } });
        File.Delete(file);
        Assert.Equal(Reason.TimedOut, error.Reason);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 20 * TimeGiven);
        Assert.InRange(allocated, 0, 5_000_000);
    }

    [Fact]
    public async Task That_says_it_coded_the_body_thousands_of_times_is_refused()
    {
        await using var peer = ScriptedPeer.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Encoding: {string.Join(',', Enumerable.Repeat("gzip", 40_000))}\r\n\r\nx");
        var (error, allocated) = await FailureAsync(peer, new RawHttpOptions { TimeoutMilliseconds = 60_000, Decompress = true });
        Assert.Contains("coded more than 5 times", error.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 5_000_000);
    }

    [Fact]
    public async Task Stops_when_the_caller_does_though_bytes_keep_coming()
    {
        using var stop = new System.Threading.CancellationTokenSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\n");
            var block = new byte[1_000_000];
            for (var i = 0; ; i++)
            {
                await connection.SendAsync(block);
                if (i == 20)
                    await stop.CancelAsync();
            }
        });
        var file = Path.GetTempFileName();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RawHttpClient().SendAsync(
            new RawHttpRequest(HttpUrl.Parse($"http://{peer.EndPoint}/")), new RawHttpOptions { TimeoutMilliseconds = 600_000, OutFile = file, Limits = new HttpLimits { BodyBytes = long.MaxValue } }, stop.Token));
        File.Delete(file);
    }

    private static byte[] Bomb(string coding, int size)
    {
        using var target = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            var zeros = new byte[1_000_000];
            for (var i = 0; i < size; i += zeros.Length)
                encoder.Write(zeros);
            encoder.Flush();
        }
        return target.ToArray();
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
