using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.IO.Pipes;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What is sent over a connection, and which connection that is.</summary>
public sealed class HttpConnectionTests : IDisposable
{
    private const int LongEnough = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("socket-tools-http-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_request_by_hand_goes_byte_for_byte()
    {
        byte[] raw = [.. "HEAD  /\0 HTTP/9.9\nX :\r"u8, 0xFF, .. "\r\n\r\n"u8];
        byte[] got = [];
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            got = await connection.ReadAsync(raw.Length);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        });
        var response = await SendAsync(new RawHttpRequest(Url(peer)) { Raw = raw });
        Assert.Equal(raw, got);
        Assert.Equal(raw, response.RequestBytes);
        Assert.Equal((raw.Length, 0L, true), (response.BytesSent, response.BodyLength, response.IsComplete));
    }

    [Fact]
    public async Task A_target_goes_as_it_is_over_1_0_without_a_host()
    {
        var got = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            got = await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.0 200 OK\r\n\r\n");
        });
        await SendAsync(new RawHttpRequest(Url(peer)) { Target = "http://data.example/page1.htm", HttpVersion = new Version(1, 0), HasDefaultHeaders = false });
        Assert.Equal("GET http://data.example/page1.htm HTTP/1.0\r\n\r\n", got);
    }

    [Theory]
    [InlineData("/a\r\nX: y")]
    [InlineData("/a\n")]
    [InlineData("/\0")]
    [InlineData("/\u20ac")]
    [InlineData("")]
    public void A_target_that_would_break_its_line_is_refused(string target) =>
        Assert.Throws<FormatException>(() => new RawHttpRequest(HttpUrl.Parse("web1")) { Target = target }.ToBytes());

    [Fact]
    public async Task A_file_is_sent_as_it_is_and_a_stream_of_unknown_length_in_chunks()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var path = Path.Combine(_folder, "body");
        await File.WriteAllBytesAsync(path, bytes, Stop);
        var heads = new List<string>();
        var bodies = new List<byte[]>();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            heads.Add(await connection.ReadHeadAsync());
            bodies.Add(await connection.ReadAsync(heads[^1].Contains("chunked", StringComparison.Ordinal) ? 1 + 2 + 3 + 2 + 5 : bytes.Length));
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        var response = await SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Body = HttpBody.OfFile(path) });
        var chunked = await SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Body = HttpBody.Of(new OneWay("abc"u8.ToArray())) });
        await SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Body = HttpBody.Of(new MemoryStream(bytes)) });
        Assert.Contains("\r\nContent-Length: 300000\r\n", heads[0], StringComparison.Ordinal);
        Assert.Equal(bytes, bodies[0]);
        Assert.Equal([.. Encoding.Latin1.GetBytes(heads[0]), .. bytes], response.RequestBytes);
        Assert.Equal((heads[0].Length + bytes.Length, 0), (response.BytesSent, response.RequestBytesNotKept));
        Assert.Equal(heads[1] + "3\r\nabc\r\n0\r\n\r\n", Encoding.Latin1.GetString(chunked.RequestBytes));
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", heads[1], StringComparison.Ordinal);
        Assert.Equal("3\r\nabc\r\n0\r\n\r\n", Encoding.ASCII.GetString(bodies[1]));
        Assert.Equal(bytes, bodies[2]);
    }

    [Theory]
    [InlineData(OutgoingRequest.MostKept / 2, false, true)]
    [InlineData(OutgoingRequest.MostKept / 2, true, true)]
    [InlineData(OutgoingRequest.MostKept, false, false)]
    [InlineData(OutgoingRequest.MostKept, true, false)]
    public async Task What_was_sent_is_kept_up_to_a_size_and_beyond_it_counted(int length, bool isOneWay, bool isKept)
    {
        var bytes = new byte[length];
        new Random(2).NextBytes(bytes);
        byte[] got = [];
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            var head = await connection.ReadHeadAsync();
            var blocks = (length + HttpBody.BlockBytes - 1) / HttpBody.BlockBytes;
            got = [.. Encoding.Latin1.GetBytes(head), .. await connection.ReadAsync(isOneWay ? length + (blocks * "10000\r\n\r\n".Length) + "0\r\n\r\n".Length : length)];
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        var response = await SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Body = HttpBody.Of(isOneWay ? new OneWay(bytes) : new MemoryStream(bytes)) });
        Assert.Equal(got.Length, response.BytesSent);
        Assert.True(response.RequestBytes.AsSpan().SequenceEqual(isKept ? got : got.AsSpan(0, response.RequestBytes.Length)));
        Assert.Equal(isKept ? 0 : got.Length - response.RequestBytes.Length, response.RequestBytesNotKept);
        if (!isKept)
            Assert.Equal(1, Encoding.Latin1.GetString(response.RequestBytes).Split("\r\n\r\n").Count(static part => part.Length > 0));
    }

    [Fact]
    public async Task A_body_without_an_end_ends_in_time()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            while ((await connection.ReadAsync(100_000)).Length > 0)
            {
            }
        });
        var error = await Assert.ThrowsAsync<SocketTimeoutException>(() => SendAsync(
            new RawHttpRequest(Url(peer)) { Method = "PUT", Body = HttpBody.Of(new Endless()) }, new RawHttpOptions { TimeoutMilliseconds = 500 }));
        var partial = Assert.IsType<RawHttpResponse>(error.PartialResult);
        Assert.True(partial.BytesSent > 0);
        Assert.Equal(partial.BytesSent, partial.RequestBytes.Length + partial.RequestBytesNotKept);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Who_connects_elsewhere_without_a_port_takes_that_of_the_URL(string host)
    {
        await using var peer = ScriptedPeer.Answering("HTTP/1.1 204 No Content\r\n\r\n");
        var response = await SendAsync(
            new RawHttpRequest(HttpUrl.Parse($"http://web.example:{peer.Port}/")),
            new RawHttpOptions { ConnectTo = HostTarget.Parse(host), Family = AddressFamily.InterNetwork });
        Assert.Equal(("web.example", peer.Port, "127.0.0.1"), (response.ComputerName, response.Port, response.Address));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_fails_on_the_way_says_so_at_once_and_keeps_what_came(bool isAnswered)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            if (isAnswered)
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await connection.WaitForCloseAsync();
        });
        // No gzip: InvalidDataException, which is no IOException.
        var request = new RawHttpRequest(Url(peer)) { Method = "POST", Body = HttpBody.Of(new GZipStream(new MemoryStream(new byte[100]), CompressionMode.Decompress)) };
        var taken = new List<RawHttpResponse>();
        var clock = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync([request, new RawHttpRequest(Url(peer))], false, taken.Add));
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
        Assert.InRange(clock.ElapsedMilliseconds, 0, LongEnough / 2);
        // Whether the answer or the failure comes first is up to the system: nothing is lost either way.
        var came = taken.Count > 0 ? taken[0] : Assert.IsType<RawHttpResponse>(error.PartialResult);
        Assert.StartsWith("POST / HTTP/1.1", Encoding.ASCII.GetString(came.RequestBytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_behind_its_end_has_no_bytes()
    {
        var body = HttpBody.Of(new MemoryStream([1, 2, 3]) { Position = 3 });
        Assert.Equal(0, body.Length);
        Assert.Equal(0, HttpBody.Of(Behind()).Length);

        static MemoryStream Behind()
        {
            var stream = new MemoryStream();
            stream.Position = 5;
            return stream;
        }
    }

    [Fact]
    public async Task What_was_sent_is_counted_when_it_is_answered()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            for (var i = 0; i < 200; i++)
            {
                await connection.ReadHeadAsync();
                await connection.ReadAsync(20_000);
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
            await connection.WaitForCloseAsync();
        });
        var request = new RawHttpRequest(Url(peer)) { Method = "POST", Body = HttpBody.Of(new byte[20_000]), IsFollowed = true };
        var taken = new List<RawHttpResponse>();
        await SendAllAsync([.. Enumerable.Repeat(request, 200)], true, taken.Add);
        Assert.All(taken, static r => Assert.True(r.BytesSent > 20_000 && r.BytesSent == r.RequestBytes.Length, $"{r.BytesSent}"));
        Assert.All(taken, static r => Assert.NotNull(r.Timing.SendMs));
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_says_so()
    {
        var path = Path.Combine(_folder, "gone");
        await File.WriteAllTextAsync(path, "x", Stop);
        var body = HttpBody.OfFile(path);
        File.Delete(path);
        await using var peer = ScriptedPeer.Start(connection => connection.WaitForCloseAsync());
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Body = body }));
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_sent_as_long_as_it_was_said_to_be()
    {
        var path = Path.Combine(_folder, "log");
        await File.WriteAllTextAsync(path, "abc", Stop);
        var body = HttpBody.OfFile(path);
        await File.AppendAllTextAsync(path, "GET /smuggled HTTP/1.1\r\n", Stop);
        var got = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            got = Encoding.ASCII.GetString(await connection.ReadAsync(3));
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            got += await connection.ReadHeadAsync();
        });
        await SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Body = body });
        Assert.Equal("abc", got);

        await File.WriteAllTextAsync(path, "a", Stop);
        await using var waiting = ScriptedPeer.Start(connection => connection.WaitForCloseAsync());
        var shorter = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(Url(waiting)) { Method = "PUT", Body = body }));
        Assert.Contains("it ended 2 bytes before", shorter.Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsLinux())
            return;
        var untold = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(Url(waiting)) { Method = "PUT", Body = HttpBody.OfFile("/proc/version") }));
        Assert.Contains("does not tell its length", untold.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_can_be_none_is_refused_before_anything_is_asked_for()
    {
        var connections = 0;
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            connections++;
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        });
        foreach (var path in new[] { Path.Combine(_folder, "none", "x"), _folder })
        {
            var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(Url(peer)), new RawHttpOptions { OutFile = path }));
            Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, connections);
        if (!File.Exists("/dev/full"))
            return;
        var full = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(Url(peer)), new RawHttpOptions { OutFile = "/dev/full" }));
        Assert.Equal((200, false), Assert.IsType<RawHttpResponse>(full.PartialResult) is var part ? (part.StatusCode, part.IsComplete) : default);
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", true)]
    [InlineData("", true)] // A server that does not know Expect just waits.
    [InlineData("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n", false)]
    public async Task A_body_waits_until_it_is_asked_for(string first, bool isSent)
    {
        var got = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(first);
            if (isSent)
            {
                got = Encoding.ASCII.GetString(await connection.ReadAsync(4));
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
            await connection.WaitForCloseAsync();
        });
        var response = await SendAsync(new RawHttpRequest(Url(peer)) { Method = "PUT", Headers = HeaderInput.Read("Expect: 100-continue"), Body = HttpBody.Of("body"u8.ToArray()) });
        Assert.Equal((isSent ? "body" : "", isSent ? 200 : 417), (got, response.StatusCode));
        Assert.Equal(isSent, Encoding.ASCII.GetString(response.RequestBytes).EndsWith("\r\n\r\nbody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_body_of_a_sequence_waits_until_it_is_asked_for()
    {
        var bodies = new List<string>();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            for (var i = 0; i < 2; i++)
            {
                await connection.ReadHeadAsync();
                await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
                bodies.Add(Encoding.ASCII.GetString(await connection.ReadAsync(4)));
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            await connection.WaitForCloseAsync();
        });
        var request = new RawHttpRequest(Url(peer)) { Method = "PUT", Headers = HeaderInput.Read("Expect: 100-continue"), Body = HttpBody.Of("body"u8.ToArray()) };
        var responses = new List<RawHttpResponse>();
        await SendAllAsync([request with { IsFollowed = true }, request with { IsFollowed = true }, request], false, responses.Add);
        Assert.Equal(["body", "body"], bodies);
        Assert.Equal([200, 200, 417], responses.Select(static r => r.StatusCode));
        Assert.Equal([true, true, false], responses.Select(static r => Encoding.ASCII.GetString(r.RequestBytes).EndsWith("\r\n\r\nbody", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_body_in_a_pipeline_waits_until_it_is_asked_for_itself()
    {
        var got = new List<string>();
        using var answers = new SemaphoreSlim(0);
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            got.Add((await connection.ReadHeadAsync())[..6]);
            for (var i = 0; i < 2; i++)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                got.Add((await connection.ReadHeadAsync())[..6]);
                // The body is the next to go: the answer before has been taken.
                Assert.True(await answers.WaitAsync(LongEnough, Stop));
                await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
                got.Add(Encoding.ASCII.GetString(await connection.ReadAsync(4)));
            }
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            await connection.WaitForCloseAsync();
        });
        var plain = new RawHttpRequest(Url(peer));
        var request = plain with { Method = "PUT", Headers = HeaderInput.Read("Expect: 100-continue"), Body = HttpBody.Of("body"u8.ToArray()) };
        var responses = new List<RawHttpResponse>();
        await SendAllAsync([plain, request, request], true, Take);
        Assert.Equal(["GET / ", "PUT / ", "body", "PUT / ", "body"], got);
        Assert.Equal([200, 200, 200], responses.Select(static r => r.StatusCode));
        Assert.Equal([0, 1, 1], responses.Select(static r => r.InterimResponses.Length));

        void Take(RawHttpResponse response)
        {
            responses.Add(response);
            answers.Release();
        }
    }

    [Fact]
    public async Task Nothing_follows_in_a_pipeline_where_a_body_was_kept_back()
    {
        var more = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            more = await connection.ReadHeadAsync();
        });
        var plain = new RawHttpRequest(Url(peer));
        var request = plain with { Method = "PUT", Headers = HeaderInput.Read("Expect: 100-continue"), Body = HttpBody.Of("body"u8.ToArray()) };
        var taken = new List<RawHttpResponse>();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync([request, plain, plain], true, taken.Add));
        Assert.Contains("2 more requests were not answered: the answer before came before the body", error.Message, StringComparison.Ordinal);
        Assert.Equal((417, ""), (Assert.Single(taken).StatusCode, more));
    }

    [Fact]
    public async Task A_pipeline_ends_where_an_answer_says_close()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\nHTTP/1.1 299 Injected\r\nContent-Length: 0\r\n\r\n");
            await TakeTheRestAsync(connection);
        });
        var taken = new List<RawHttpResponse>();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync(peer, true, taken, "/a", "/b"));
        Assert.Contains("one more request was not answered", error.Message, StringComparison.Ordinal);
        Assert.Equal("DataAfterEnd", Assert.Single(Assert.Single(taken).Findings).Id);
    }

    [Fact]
    public async Task What_is_there_before_the_next_request_is_no_answer_to_it()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            // What is behind the first kilobyte is read at another time.
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX: ".PadRight(1020, 'x') + "\r\n\r\nHTTP/1.1 299 Injected\r\nContent-Length: 0\r\n\r\n");
            await connection.WaitForCloseAsync();
        });
        var taken = new List<RawHttpResponse>();
        await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync([new RawHttpRequest(Url(peer)) { Method = "HEAD" }, new RawHttpRequest(Url(peer))], false, taken.Add));
        Assert.Equal("BodyWhereNoneMayBe", Assert.Single(Assert.Single(taken).Findings).Id);
    }

    [Fact]
    public async Task A_connection_that_ends_between_two_requests_carries_one()
    {
        await using var peer = ScriptedPeer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var taken = new List<RawHttpResponse>();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync([new RawHttpRequest(Url(peer)), new RawHttpRequest(Url(peer))], false, taken.Add));
        // Whether the end comes before the second request or after it is up to the system.
        Assert.True(error.Reason is Reason.ConnectionClosed or Reason.ConnectionReset, error.Message);
        Assert.Equal("ok", Assert.Single(taken).Content);
    }

    [Fact]
    public async Task An_answer_before_the_end_of_its_request_is_handed_over_though_no_other_can_follow()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 413 Too Much\r\nContent-Length: 0\r\n\r\n");
            await connection.HoldAsync();
        });
        var request = new RawHttpRequest(Url(peer)) { Method = "PUT", Body = HttpBody.Of(new byte[30_000_000]) };
        var taken = new List<RawHttpResponse>();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => Task.Run(
            () => new RawHttpClient().SendAll([request, request], false, new RawHttpOptions { TimeoutMilliseconds = 1000 }, taken.Add, Stop), Stop));
        Assert.Contains("one more request was not sent", error.Message, StringComparison.Ordinal);
        Assert.Equal(413, Assert.Single(taken).StatusCode);
        Assert.InRange(taken[0].BytesSent, 1, 29_000_000);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 0\r\n\r\n", "Connection: close", 200)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.0", 200)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "another protocol", 101)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "section 6.1", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 299 Injected\r\nContent-Length: 0\r\n\r\n", "section 6.3", 200)]
    [InlineData("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n", "section 10.1.1", 417)]
    public async Task Nothing_more_is_sent_where_an_answer_was_the_last(string answer, string words, int code)
    {
        var more = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(answer);
            more = await connection.ReadHeadAsync();
        });
        var request = new RawHttpRequest(Url(peer)) { Method = "PUT", IsFollowed = true };
        if (code == 417)
            request = request with { Headers = HeaderInput.Read("Expect: 100-continue"), Body = HttpBody.Of("body"u8.ToArray()) };
        var taken = new List<RawHttpResponse>();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync([request, request, request], false, taken.Add));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("2 more requests were not sent", error.Message, StringComparison.Ordinal);
        Assert.Equal((Reason.ConnectionClosed, code, ""), (error.Reason, Assert.Single(taken).StatusCode, more));
        taken[0].Connection?.Dispose();
    }

    [Fact]
    public async Task A_body_that_stays_silent_takes_no_longer_than_is_allowed()
    {
        await using var peer = ScriptedPeer.Start(connection => connection.WaitForCloseAsync());
        using var silent = new AnonymousPipeServerStream(PipeDirection.Out);
        using var body = new AnonymousPipeClientStream(PipeDirection.In, silent.ClientSafePipeHandle);
        var request = new RawHttpRequest(Url(peer)) { Method = "POST", Body = HttpBody.Of(body) };
        var sending = new RawHttpClient().SendAsync(request, new RawHttpOptions { TimeoutMilliseconds = 300 }, Stop);
        await Assert.ThrowsAsync<SocketTimeoutException>(() => sending.WaitAsync(TimeSpan.FromMilliseconds(LongEnough), Stop));
        // The read that is under way ends with the pipe.
        silent.Dispose();
    }

    [Fact]
    public async Task The_connection_is_closed_before_its_last_answer_is_handed_over()
    {
        var closed = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            for (var i = 0; i < 2; i++)
            {
                await connection.ReadHeadAsync();
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{i}");
            }
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        var isClosed = new List<bool>();
        await SendAllAsync([new RawHttpRequest(Url(peer)) { IsFollowed = true }, new RawHttpRequest(Url(peer))], false, Take);
        Assert.Equal([false, true], isClosed);

        void Take(RawHttpResponse response) => isClosed.Add(response.Content == "1" && closed.Task.Wait(LongEnough, Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Several_requests_share_a_connection(bool isPipelined)
    {
        var connections = 0;
        var heads = new List<string>();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            connections++;
            for (var i = 0; i < 3; i++)
            {
                heads.Add(await connection.ReadHeadAsync());
                if (!isPipelined)
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{i}");
            }
            if (isPipelined)
                await connection.SendAsync(string.Concat(Enumerable.Range(0, 3).Select(static i => $"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{i}")));
        });
        var responses = await SendAllAsync(peer, isPipelined, "/a", "/b", "/c");
        Assert.Equal((1, "012"), (connections, string.Concat(responses.Select(static r => r.Content))));
        Assert.Equal(["GET /a", "GET /b", "GET /c"], heads.Select(static head => head[..6]));
        Assert.Equal([false, false, true], heads.Select(static head => head.Contains("Connection: close", StringComparison.Ordinal)));
        Assert.Equal([true, false, false], responses.Select(static r => r.Timing.ConnectMs is not null));
        Assert.All(responses, static r => Assert.Empty(r.Findings));
    }

    [Fact]
    public async Task Of_a_pipeline_that_breaks_off_the_whole_answers_stay()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n0HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            await TakeTheRestAsync(connection);
        });
        var taken = new List<RawHttpResponse>();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAllAsync(peer, true, taken, "/a", "/b"));
        Assert.Equal("0", Assert.Single(taken).Content);
        Assert.Equal("half", Assert.IsType<RawHttpResponse>(error.PartialResult).Content);
    }

    [Fact]
    public async Task A_thousand_requests_go_at_once()
    {
        const int Count = 1000;
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            for (var i = 0; i < Count; i++)
                await connection.ReadHeadAsync();
            for (var i = 0; i < Count; i++)
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        var responses = await SendAllAsync(peer, true, [.. Enumerable.Repeat("/", Count)]);
        Assert.Equal(Count, responses.Count(static r => r is { Content: "ok", IsComplete: true }));
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("CONNECT", "HTTP/1.1 200 OK\r\n\r\n")]
    public async Task A_switched_connection_is_handed_over_with_what_came_already(string method, string head)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(head + "hello ");
            await connection.SendAsync(await connection.ReadAsync(5));
        });
        var response = await SendAsync(new RawHttpRequest(Url(peer)) { Method = method, Headers = HeaderInput.Read(new[] { "Upgrade: echo", "Connection: Upgrade" }) });
        Assert.Empty(response.Findings);
        using var connection = response.Connection!;
        Assert.Equal(("127.0.0.1", peer.Port), (connection.ComputerName, connection.Port));
        Assert.Equal(("127.0.0.1", peer.EndPoint), (connection.Address, connection.RemoteEndPoint));
        Assert.Matches(@"^127\.0\.0\.1:[1-9]\d*$", connection.LocalEndPoint);
        Assert.Equal(response.Timing.ConnectMs, connection.ConnectMs);
        connection.Send("world"u8.ToArray(), 5, null, new WaitLimit(LongEnough, Stop));
        var message = connection.Receive(new LengthRule(11), 100, new WaitLimit(LongEnough, Stop));
        Assert.Equal("hello world", Encoding.ASCII.GetString(message.Bytes!));
    }

    [Fact]
    public async Task A_switched_connection_that_the_peer_has_reset_can_be_ended()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
            await connection.ReadAsync(1);
            connection.Reset();
        });
        using var connection = (await SendAsync(new RawHttpRequest(Url(peer)))).Connection!;
        connection.Send([1], 1, null, new WaitLimit(LongEnough, Stop));
        await peer.DisposeAsync();

        connection.Close(CloseManner.SendOnly);

        Assert.Equal(ConnectionState.SendClosed, connection.State);
    }

    [Fact]
    public async Task An_address_that_is_ipv4_in_ipv6_is_reached_over_ipv4()
    {
        await using var peer = ScriptedPeer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var response = await SendAsync(new RawHttpRequest(HttpUrl.Parse($"http://[::ffff:127.0.0.1]:{peer.Port}/")));
        Assert.Equal(("ok", "127.0.0.1"), (response.Content, response.Address));
    }

    [Fact]
    public async Task Who_was_silent_is_named()
    {
        await using var silent = ScriptedPeer.Start(static connection => connection.WaitForCloseAsync());
        var request = new RawHttpRequest(HttpUrl.Parse("http://web1.example/"));
        var options = new RawHttpOptions { TimeoutMilliseconds = 300 };

        var behind = await Assert.ThrowsAsync<SocketTimeoutException>(() => SendAsync(request, options with { Proxy = ProxyServer.Parse($"http://{silent.EndPoint}") }));
        var instead = await Assert.ThrowsAsync<SocketTimeoutException>(() => SendAsync(request, options with { ConnectTo = HostTarget.Parse(silent.EndPoint) }));

        Assert.Contains($"{silent.EndPoint}: 300 ms were over before this proxy had led to web1.example:80", behind.Message, StringComparison.Ordinal);
        Assert.StartsWith($"web1.example:80 at {silent.EndPoint} accepted the connection", instead.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1EXTRA", "EXTRA", "DataAfterEnd")]
    [InlineData(LongEnough, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1", "LATE", "DataAfterEnd")]
    public async Task What_comes_after_the_end_is_kept(int linger, string answer, string extra, string finding)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(answer);
            if (linger > 0)
                await connection.SendAsync(extra);
        });
        var response = await SendAsync(new RawHttpRequest(Url(peer)), new RawHttpOptions { LingerMilliseconds = linger });
        Assert.Equal(extra, Encoding.ASCII.GetString(response.DataAfterEnd));
        Assert.Equal(finding, Assert.Single(response.Findings).Id);
    }

    [Fact]
    public async Task Goes_to_another_place_than_the_url_says()
    {
        var got = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            using var certificate = TestCertificate.SelfSigned("sni.example");
            await connection.SecureAsync(certificate);
            got = await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        var options = new RawHttpOptions { ConnectTo = HostTarget.Parse(peer.EndPoint), ServerName = "sni.example" };
        var untrusted = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(HttpUrl.Parse("https://web.example/")), options));
        Assert.DoesNotContain("not for", untrusted.Message, StringComparison.Ordinal);
        var response = await SendAsync(new RawHttpRequest(HttpUrl.Parse("https://web.example/")), options with { SkipCertificateCheck = true });
        Assert.Contains("\r\nHost: web.example\r\n", got, StringComparison.Ordinal);
        Assert.Equal(("sni.example", "CN=sni.example", true), (response.Tls!.ServerName, response.Tls.Subject, response.Tls.NameMatches));
        Assert.Equal(("web.example", "127.0.0.1"), (response.ComputerName, response.Address));
        Assert.True(response.Timing is { ConnectMs: > 0, TlsMs: > 0, ProxyMs: null, ResolveMs: null, SendMs: >= 0, FirstByteMs: >= 0, BodyMs: >= 0 });
    }

    [Fact]
    public async Task Goes_through_a_unix_socket()
    {
        Assert.SkipUnless(Socket.OSSupportsUnixDomainSockets, "this system has no Unix sockets");
        var path = Path.Combine(_folder, "http.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var serving = Task.Run(async () =>
        {
            using var connection = await listener.AcceptAsync(Stop);
            await connection.ReceiveAsync(new byte[4096], Stop);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nunix"u8.ToArray(), Stop);
        }, Stop);
        var response = await SendAsync(new RawHttpRequest(HttpUrl.Parse("http://docker/info")), new RawHttpOptions { UnixPath = path });
        await serving;
        Assert.Equal(("unix", path), (response.Content, response.Address));
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(HttpUrl.Parse("http://docker/")), new RawHttpOptions { UnixPath = path + "x" }));
        Assert.Equal("ENOENT", error.ErrorName);
    }

    [Fact]
    public async Task Goes_through_a_proxy_and_tells_its_time()
    {
        var asked = "";
        await using var proxy = ScriptedPeer.Start(async connection =>
        {
            asked = await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 Connection established\r\n\r\n");
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nfar");
        });
        var response = await SendAsync(new RawHttpRequest(HttpUrl.Parse("http://far.example/")), new RawHttpOptions { Proxy = ProxyServer.Parse($"http://{proxy.EndPoint}") });
        Assert.StartsWith("CONNECT far.example:80 HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.Equal("far", response.Content);
        Assert.True(response.Timing.ProxyMs > 0);
    }

    [Fact]
    public async Task A_silent_host_ends_at_the_deadline()
    {
        using var silent = new SilentPort();
        var error = await Assert.ThrowsAsync<SocketTimeoutException>(() => SendAsync(
            new RawHttpRequest(HttpUrl.Parse($"http://127.0.0.1:{silent.Number}/")), new RawHttpOptions { TimeoutMilliseconds = 300 }));
        Assert.Equal(Reason.TimedOut, error.Reason);
    }

    private static Uri Url(ScriptedPeer peer, string path = "/") => HttpUrl.Parse($"http://{peer.EndPoint}{path}");

    private static Task<RawHttpResponse> SendAsync(RawHttpRequest request, RawHttpOptions? options = null)
    {
        options ??= new RawHttpOptions();
        return new RawHttpClient().SendAsync(
            request, options.TimeoutMilliseconds == RawHttpOptions.DefaultTimeoutMilliseconds ? options with { TimeoutMilliseconds = LongEnough } : options, Stop);
    }

    /// <summary>Reads the last request: to close before is to reset, and a reset takes what Windows has received already.</summary>
    private static async Task TakeTheRestAsync(PeerConnection connection)
    {
        if (OperatingSystem.IsWindows())
            await connection.ReadHeadAsync();
    }

    private static async Task<List<RawHttpResponse>> SendAllAsync(ScriptedPeer peer, bool isPipelined, params string[] targets)
    {
        var taken = new List<RawHttpResponse>();
        await SendAllAsync(peer, isPipelined, taken, targets);
        return taken;
    }

    private static Task SendAllAsync(ScriptedPeer peer, bool isPipelined, List<RawHttpResponse> taken, params string[] targets)
    {
        var requests = targets.Select((target, i) => new RawHttpRequest(Url(peer)) { Target = target, IsFollowed = i < targets.Length - 1 }).ToList();
        return SendAllAsync(requests, isPipelined, taken.Add);
    }

    private static Task SendAllAsync(IReadOnlyList<RawHttpRequest> requests, bool isPipelined, Action<RawHttpResponse> take) =>
        Task.Run(() => new RawHttpClient().SendAll(requests, isPipelined, new RawHttpOptions { TimeoutMilliseconds = LongEnough }, take, Stop), Stop);

    private sealed class OneWay : MemoryStream
    {
        public OneWay(byte[] bytes)
            : base(bytes)
        {
        }

        public override bool CanSeek => false;
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => count;
    }
}
