using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class RawHttpClientTests
{
    private const int LongEnough = 60_000;

    [Fact]
    public async Task Gives_the_response_and_the_bytes_sent()
    {
        var sent = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            sent = await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=iso-8859-1\r\nX: 1\r\nx: 2\r\nContent-Length: 3\r\n\r\ncaf\u00e9"[..^1]);
        });
        var response = await SendAsync(peer, "/path?q");
        Assert.Equal($"GET /path?q HTTP/1.1\r\nHost: {peer.EndPoint}\r\nConnection: close\r\n\r\n", sent);
        Assert.Equal(sent, Encoding.Latin1.GetString(response.RequestBytes));
        Assert.Equal("HTTP/1.1 200 OK", response.ToString());
        Assert.Equal((200, "OK", "1.1"), (response.StatusCode, response.ReasonPhrase, response.HttpVersion));
        Assert.Equal(("127.0.0.1", peer.Port, "127.0.0.1"), (response.ComputerName, response.Port, response.Address));
        Assert.Equal(["1", "2"], response.Headers["X"]!);
        Assert.Equal("caf"u8.ToArray(), response.Body);
        Assert.Equal("caf", response.Content);
        Assert.EndsWith("Content-Length: 3\r\n\r\n", response.RawHead, StringComparison.Ordinal);
        Assert.Equal(response.RawHead.Length, response.GetRawHeadBytes().Length);
        Assert.True(response.IsComplete);
        Assert.True(response.ElapsedMs > 0);
        Assert.Equal(DateTimeKind.Utc, response.Timestamp.Kind);
        Assert.Equal(Environment.MachineName, response.Source);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello world")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nSum: 1\r\n\r\n")]
    public async Task Reads_a_response_that_comes_byte_by_byte(string text)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendByteByByteAsync(text);
        });
        Assert.Equal("hello world", (await SendAsync(peer)).Content);
    }

    [Fact]
    public async Task Ends_with_the_promised_length_though_the_peer_stays()
    {
        var closed = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        Assert.Equal("ok", (await SendAsync(peer)).Content);
        await closed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Keeps_interim_responses_and_trailers()
    {
        await using var peer = ScriptedPeer.Answering(
            "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "2\r\nok\r\n0\r\nSum: 1\r\n\r\n");
        var response = await SendAsync(peer);
        Assert.Equal([100, 103], response.InterimResponses.Select(r => r.StatusCode));
        Assert.Equal("</a>", Assert.Single(response.InterimResponses[1].Headers["link"]!));
        Assert.Equal("Sum: 1", Assert.Single(response.Trailers).ToString());
    }

    [Fact]
    public async Task Takes_an_answer_that_comes_before_the_body_was_read()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
            await connection.WaitForCloseAsync();
        });
        var request = new RawHttpRequest(Url(peer)) { Method = "POST", Body = HttpBody.Of(new byte[50_000_000]) };
        Assert.Equal(413, (await SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Reads_while_it_writes()
    {
        const int Size = 20_000_000;
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            // Neither side could go on if the client read only after it had written.
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Size}\r\n\r\n");
            await connection.SendAsync(new byte[Size]);
            await connection.ReadAsync(Size);
        });
        var request = new RawHttpRequest(Url(peer)) { Method = "POST", Body = HttpBody.Of(new byte[Size]) };
        Assert.Equal(Size, (await SendAsync(request, maximumBytes: Size)).Body.Length);
    }

    [Theory]
    [InlineData("", "before it answered", "", "")]
    [InlineData("HTTP/1.1 200 OK\r\nX: y\r\n", "inside the head", "HTTP/1.1 200 OK", "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "2 bytes before the end", "HTTP/1.1 200 OK", "abc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "before the last chunk", "HTTP/1.1 200 OK", "abc")]
    public async Task An_early_close_is_an_error_that_keeps_what_came(string text, string why, string statusLine, string body)
    {
        await using var peer = ScriptedPeer.Answering(text);
        var (error, partial) = await FailureAsync<SocketOperationException>(() => SendAsync(peer));
        Assert.Equal((Reason.ConnectionClosed, peer.EndPoint), (error.Reason, error.EndPoint));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal((statusLine, body, false), (partial.StatusLine, partial.Content, partial.IsComplete));
        Assert.StartsWith(partial.RawHead, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_is_an_error_that_keeps_what_came()
    {
        var mayReset = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\nabc");
            await mayReset.Task;
            connection.Reset();
        });
        var sending = SendAsync(peer);
        mayReset.SetResult();
        var (error, partial) = await FailureAsync<SocketOperationException>(() => sending);
        Assert.Equal((Reason.ConnectionReset, "ECONNRESET"), (error.Reason, error.ErrorName));
        Assert.False(partial.IsComplete);
        Assert.True(partial.Content is "" or "abc");
    }

    [Fact]
    public async Task A_larger_body_than_allowed_is_an_error_that_keeps_that_much()
    {
        await using var peer = ScriptedPeer.Answering("HTTP/1.1 200 OK\r\n\r\n0123456789");
        var (error, partial) = await FailureAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(Url(peer)), maximumBytes: 4));
        Assert.Equal((Reason.LimitExceeded, "0123"), (error.Reason, partial.Content));
    }

    [Fact]
    public async Task An_endless_head_ends_at_the_limit()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nFirst: 1\r\nX-More: ");
            while (true)
                await connection.SendAsync("and more and more and more\r\n ");
        });
        var (error, partial) = await FailureAsync<SocketOperationException>(() => SendAsync(peer));
        Assert.Equal((Reason.LimitExceeded, HttpLimits.DefaultHeadBytes, 200), (error.Reason, partial.RawHead.Length, partial.StatusCode));
        Assert.Equal("First: 1", partial.Headers[0].ToString());
    }

    [Fact]
    public async Task Endless_headers_end_at_their_number()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n");
            for (var i = 0; i < HttpLimits.DefaultHeaders + 1; i++)
                await connection.SendAsync("X-More: and\r\n more\r\n");
            await connection.WaitForCloseAsync();
        });
        var (error, partial) = await FailureAsync<SocketOperationException>(() => SendAsync(peer));
        Assert.Contains("-MaximumHeaders", error.Message, StringComparison.Ordinal);
        Assert.Equal((Reason.LimitExceeded, HttpLimits.DefaultHeaders), (error.Reason, partial.Headers.Count));
        Assert.Contains(partial.Findings, static finding => finding.Id == "TooManyHeaders");
    }

    [Fact]
    public async Task What_is_no_http_is_shown_for_what_it_is()
    {
        await using var peer = ScriptedPeer.Answering("SSH-2.0-OpenSSH_9.2\r\n");
        var (error, partial) = await FailureAsync<SocketOperationException>(() => SendAsync(peer));
        Assert.Equal(Reason.ProtocolViolation, error.Reason);
        Assert.Contains("'SSH-2.0-OpenSSH_9.2", error.Message, StringComparison.Ordinal);
        Assert.Equal("SSH-2.0-OpenSSH_9.2\r\n", partial.RawHead);
    }

    [Fact]
    public async Task A_stalled_peer_ends_at_the_deadline_with_what_came()
    {
        var closed = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc");
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        var (error, partial) = await FailureAsync<SocketTimeoutException>(() => SendAsync(new RawHttpRequest(Url(peer)), timeout: 500));
        await closed.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((Reason.TimedOut, "ETIMEDOUT"), (error.Reason, error.ErrorName));
        Assert.Equal(("abc", 200, false), (partial.Content, partial.StatusCode, partial.IsComplete));
    }

    [Fact]
    public async Task Cancellation_closes_the_connection_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        var stalled = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n");
            stalled.SetResult();
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        var sending = new RawHttpClient().SendAsync(new RawHttpRequest(Url(peer)), new RawHttpOptions { TimeoutMilliseconds = LongEnough }, cancellation.Token);
        await stalled.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await closed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_refused_connection_says_so()
    {
        var peer = ScriptedPeer.Answering();
        await peer.DisposeAsync();
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(peer));
        Assert.Equal(("ECONNREFUSED", Reason.ConnectionRefused), (error.ErrorName, error.Reason));
        Assert.Null(error.PartialResult);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "EF-BB-BF-C3-A9", "é")]
    [InlineData("text/plain; Charset=\"ISO-8859-1\"", "E9", "é")]
    [InlineData("text/plain; charset=utf-16", "FF-FE-E9-00", "é")]
    [InlineData("text/plain; charset=utf-16", "FE-FF-00-E9", "é")]
    [InlineData("text/plain; charset=utf-32", "00-00-FE-FF-00-00-00-E9", "é")]
    [InlineData("text/plain; charset=klingon", "C3-A9", "é")]
    [InlineData("text/html; x=\"; charset=utf-16\"; charset=utf-8", "C3-A9", "é")]
    [InlineData("text/html; x=\"\\\"; charset=utf-16\"; charset=\"iso\\-8859-1\"", "E9", "é")]
    [InlineData("text/plain; charset=windows-1252", "80", "€")]
    [InlineData("text/plain", "FE-FF-00-E9", "é")]
    [InlineData("text/plain", "FF-FE-00-00-E9-00-00-00", "é")]
    [InlineData(null, "C3-A9", "é")]
    [InlineData(null, "", "")]
    public void Reads_text_by_charset_mark_or_default(string? contentType, string hex, string text) =>
        Assert.Equal(text, new BodyText(Convert.FromHexString(hex.Replace("-", "", StringComparison.Ordinal)), contentType).Text);

    private static Uri Url(ScriptedPeer peer, string path = "/") => HttpUrl.Parse($"http://{peer.EndPoint}{path}");

    private static Task<RawHttpResponse> SendAsync(ScriptedPeer peer, string path = "/") => SendAsync(new RawHttpRequest(Url(peer, path)));

    private static Task<RawHttpResponse> SendAsync(RawHttpRequest request, int timeout = LongEnough, int maximumBytes = HttpLimits.DefaultBodyBytes) =>
        new RawHttpClient().SendAsync(
            request, new RawHttpOptions { TimeoutMilliseconds = timeout, Limits = new HttpLimits { BodyBytes = maximumBytes } }, TestContext.Current.CancellationToken);

    private static async Task<(TError Error, RawHttpResponse Partial)> FailureAsync<TError>(Func<Task> action)
        where TError : SocketToolsException
    {
        var error = await Assert.ThrowsAsync<TError>(action);
        return (error, Assert.IsType<RawHttpResponse>(error.PartialResult));
    }
}
