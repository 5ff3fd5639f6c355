using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class HttpRedirectionTests
{
    [Fact]
    public async Task Is_followed_as_often_as_is_allowed()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            var target = (await connection.ReadHeadAsync()).Split(' ')[1];
            await connection.SendAsync(target == "/c" ? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend" : $"HTTP/1.1 302 Found\r\nLocation: {(char)(target[1] + 1)}\r\nContent-Length: 0\r\n\r\n");
        });
        var request = new RawHttpRequest(HttpUrl.Parse($"http://{peer.EndPoint}/a"));
        var all = await SendAsync(request, 5);
        Assert.Equal(("end", "/c"), (all.Content, new Uri(all.Uri).AbsolutePath));
        Assert.Equal([302, 302], all.Redirections.Select(static r => r.StatusCode));
        Assert.Equal((302, 1), await CountsAsync(request, 1));
        Assert.Equal((302, 0), await CountsAsync(request, 0));
    }

    [Fact]
    public async Task What_came_stays_where_one_that_is_followed_fails()
    {
        await using var closing = ScriptedPeer.Start(static connection => connection.ReadAsync(1));
        await using var junk = ScriptedPeer.Answering("SSH-2.0-x\r\n");
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            var target = (await connection.ReadHeadAsync()).Split(' ')[1];
            var next = target switch { "/a" => "/b", "/b" => $"http://{junk.EndPoint}/", _ => $"https://{closing.EndPoint}/" };
            await connection.SendAsync($"HTTP/1.1 302 Found\r\nLocation: {next}\r\nContent-Length: 0\r\n\r\n");
        });

        var inside = await FailureAsync("/a");
        var before = await FailureAsync("/c");

        Assert.Equal(("SSH-2.0-x", 0), (inside.RawHead[..9], inside.StatusCode));
        Assert.Equal([302, 302], inside.Redirections.Select(static r => r.StatusCode));
        Assert.Equal((302, 0), (before.StatusCode, before.Redirections.Length));

        async Task<RawHttpResponse> FailureAsync(string path)
        {
            var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(new RawHttpRequest(HttpUrl.Parse($"http://{peer.EndPoint}{path}")), 5));
            return Assert.IsType<RawHttpResponse>(error.PartialResult);
        }
    }

    [Fact]
    public async Task A_file_takes_the_last_body_alone()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            var target = (await connection.ReadHeadAsync()).Split(' ')[1];
            await connection.SendAsync(target == "/b" ? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend" : "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 5\r\n\r\nmoved");
        });
        var file = System.IO.Path.GetTempFileName();
        try
        {
            var response = await new RawHttpClient().SendAsync(
                new RawHttpRequest(HttpUrl.Parse($"http://{peer.EndPoint}/a")), new RawHttpOptions { TimeoutMilliseconds = 60_000, MaximumRedirection = 1, OutFile = file }, TestContext.Current.CancellationToken);

            Assert.Equal(("end", file), (System.IO.File.ReadAllText(file), response.OutFile));
            Assert.Equal(("moved", null), (Assert.Single(response.Redirections).Content, response.Redirections[0].OutFile));
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    [Fact]
    public void Bytes_of_a_location_stay_what_they_are()
    {
        var next = Redirection.Next(new RawHttpRequest(HttpUrl.Parse("http://web1/")), Response(302, "Location: /caf\u00c3\u00a9?a=%20"))!;
        Assert.Equal("GET /caf%C3%A9?a=%20 HTTP/1.1", System.Text.Encoding.ASCII.GetString(next.HeadBytes()).Split('\r')[0]);
    }

    [Fact]
    public async Task Takes_no_secret_to_another_host()
    {
        var heads = new List<string>();
        await using var far = ScriptedPeer.Start(async connection =>
        {
            heads.Add(await connection.ReadHeadAsync());
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var near = ScriptedPeer.Start(async connection =>
        {
            var head = await connection.ReadHeadAsync();
            heads.Add(head);
            var location = head.StartsWith("GET /first", StringComparison.Ordinal) ? "/second" : $"http://{far.EndPoint}/";
            await connection.SendAsync($"HTTP/1.1 307 Go\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        });
        var headers = HeaderInput.Read(new[] { "Authorization: Basic c2VjcmV0", "Cookie: secret", "X-Api-Key: secret", "Host: secret", "Accept: text/html" });
        await SendAsync(new RawHttpRequest(HttpUrl.Parse($"http://{near.EndPoint}/first")) { Headers = headers }, 5);
        Assert.Equal(3, heads.Count);
        Assert.Contains("X-Api-Key: secret", heads[1], StringComparison.Ordinal);
        Assert.Equal($"GET / HTTP/1.1\r\nHost: {far.EndPoint}\r\nConnection: close\r\nAccept: text/html\r\n\r\n", heads[2]);
    }

    [Theory]
    [InlineData(301, "POST", "GET", false)]
    [InlineData(302, "POST", "GET", false)]
    [InlineData(303, "PUT", "GET", false)]
    [InlineData(303, "HEAD", "HEAD", true)]
    [InlineData(307, "POST", "POST", true)]
    [InlineData(308, "PUT", "PUT", true)]
    public void Keeps_or_drops_method_and_body_by_the_status(int status, string method, string next, bool keepsBody)
    {
        var request = new RawHttpRequest(HttpUrl.Parse("http://web1/a")) { Method = method, Body = HttpBody.Of([1]), Headers = HeaderInput.Read("Content-Type: text/plain") };
        var to = Redirection.Next(request, Response(status, "Location: /b?c"))!;
        Assert.Equal(("http://web1/b?c", next, keepsBody, keepsBody), (to.Uri.AbsoluteUri, to.Method, to.Body is not null, to.Headers.Count == 1));
    }

    [Theory]
    [InlineData("http://web1/a/b", null)]
    [InlineData("http://web1/", "/a/b")]
    [InlineData("http://web1/", "http://web1/a/b")]
    public void A_relative_location_is_relative_to_what_was_asked_for(string url, string? target) => Assert.Equal(
        "http://web1/a/z", Redirection.Next(new RawHttpRequest(HttpUrl.Parse(url)) { Target = target }, Response(302, "Location: z"))!.Uri.AbsoluteUri);

    [Theory]
    [InlineData("https://web1/", 302, "Location: http://web1/")]
    [InlineData("http://web1/", 302, "Location: ftp://web1/")]
    [InlineData("http://web1/", 302, "Location: http://me:secret@web1/")]
    [InlineData("http://web1/", 302, "Location: http://[")]
    [InlineData("http://web1/", 302, "Location: /a\r\nLocation: /b")]
    [InlineData("http://web1/", 302, "X: y")]
    [InlineData("http://web1/", 300, "Location: /a")]
    [InlineData("http://web1/", 200, "Location: /a")]
    public void Is_not_followed_where_that_is_not_safe_or_not_meant(string url, int status, string location) =>
        Assert.Null(Redirection.Next(new RawHttpRequest(HttpUrl.Parse(url)), Response(status, location)));

    private static RawHttpResponse Response(int status, string headers)
    {
        var exchange = new HttpExchange(new RawHttpRequest(HttpUrl.Parse("http://web1/")), new RawHttpOptions(), new Deadline(int.MaxValue));
        exchange.Receive(new HttpWire(new CutStream(System.Text.Encoding.Latin1.GetBytes($"HTTP/1.1 {status} X\r\n{headers}\r\n\r\n"), [], closes: true)));
        return exchange.Response;
    }

    private static Task<RawHttpResponse> SendAsync(RawHttpRequest request, int most) => new RawHttpClient().SendAsync(
        request, new RawHttpOptions { TimeoutMilliseconds = 60_000, MaximumRedirection = most }, TestContext.Current.CancellationToken);

    private static async Task<(int Status, int Before)> CountsAsync(RawHttpRequest request, int most)
    {
        var response = await SendAsync(request, most);
        return (response.StatusCode, response.Redirections.Length);
    }
}
