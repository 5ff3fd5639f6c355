using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Real servers: the bodies are curl's byte for byte, and a clean answer has no findings.</summary>
public sealed class WebServerTests : IDisposable
{
    private const int Runs = 5;

    private readonly WebFiles _files = new();

    public static TheoryData<string> Servers { get; } = new(WebServers.Names);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Bodies_are_those_of_curl_over_methods_codings_and_versions(string name)
    {
        Tool.Require("curl");
        await using var server = await WebServers.StartAsync(name, _files, Stop);
        var seen = new HashSet<string>();
        var files = name == "Kestrel" ? ["/empty.txt", "/text.txt", "/random.bin", "/missing", "/stream/text.txt"] : (string[])["/empty.txt", "/text.txt", "/random.bin", "/missing"];
        foreach (var (path, method, version, coding) in
            from path in files
            from method in new[] { "GET", "HEAD", "POST", "OPTIONS" }
            from version in new[] { "1.0", "1.1" }
            from coding in new[] { "", "gzip", "deflate", "br" }
            select (path, method, version, coding))
        {
            var url = $"http://127.0.0.1:{server.Port}{path}";
            var what = $"{name}: {method} {path} HTTP/{version} {coding}";
            var request = new RawHttpRequest(HttpUrl.Parse(url))
            {
                Method = method,
                HttpVersion = Version.Parse(version),
                Headers = coding.Length > 0 ? HeaderInput.Read($"Accept-Encoding: {coding}") : RawHttpHeaders.Empty,
                Body = method == "POST" ? HttpBody.Of("a=b"u8.ToArray()) : null,
            };
            var response = await SendAsync(request, decompress: false);
            Assert.True(response.IsComplete, what);
            // Some refuse a method without telling those they take, which is a deviation (RFC 9110 section 15.5.6).
            var others = response.Findings.Where(f => (f.Id, response.StatusCode) != ("MissingRequiredHeader", 405)).ToList();
            Assert.True(others.Count == 0, $"{what}: {string.Join("; ", others.Select(static f => f.ToString()))}\n{response.RawHead}");
            var coded = await CurlAsync(url, method, version, coding, decompress: false);
            var isCoded = response.Headers.Contains("Content-Encoding");
            if (method == "HEAD")
            {
                Assert.Equal(WithoutTime(System.Text.Encoding.Latin1.GetString(coded)), WithoutTime(response.RawHead));
                Assert.Empty(response.Body);
                continue;
            }
            // A compressor may cut differently in two runs: then curl's own differ as well. haproxy compresses what passes in the pieces in
            // which it comes, which may be the same for many runs, and then others.
            for (var i = 0; isCoded && i < Runs && !response.Body.AsSpan().SequenceEqual(coded); i++)
                coded = await CurlAsync(url, method, version, coding, decompress: false);
            if (response.Body.AsSpan().SequenceEqual(coded))
                seen.Add(isCoded ? "coded as for curl" : "as for curl");
            else
                Assert.True(isCoded && (name == "haproxy" || await DiffersInItselfAsync(url, method, version, coding)), $"{what}: {response.Body.Length} bytes, curl {coded.Length}");
            if (response.Chunks.Length > 0 && await IsFramedAsForCurlAsync(response, url, method, version, coding))
                seen.Add("framed as for curl");
            var plain = (await SendAsync(request, decompress: true)).Body;
            var expected = await CurlAsync(url, method, version, coding, decompress: true);
            Assert.True(plain.AsSpan().SequenceEqual(expected), $"{what}, decompressed");
            seen.Add(isCoded ? response.Headers["Content-Encoding"]![0] : "identity");
            seen.Add(response.Chunks.Length > 0 ? "chunked" : "whole");
        }
        Assert.Contains("identity", seen);
        Assert.Contains("as for curl", seen);
        if (seen.Contains("gzip") && name != "haproxy")
            Assert.Contains("coded as for curl", seen);
        if (name is "nginx" or "apache2")
            Assert.Contains("framed as for curl", seen);
        foreach (var coding in Promised(name))
            Assert.Contains(coding, seen);
        if (!name.StartsWith("http.server", StringComparison.Ordinal) && (name != "lighttpd" || File.Exists("/usr/lib/lighttpd/mod_deflate.so")))
            Assert.Contains("gzip", seen);
        if (name is "nginx" or "apache2" or "haproxy" or "squid" or "Kestrel")
            Assert.Contains("chunked", seen);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Requests_in_sequence_and_in_a_pipeline_get_their_answers_in_turn(string name)
    {
        Assert.SkipWhen(name.StartsWith("http.server", StringComparison.Ordinal), "it closes after each answer, or after an error");
        await using var server = await WebServers.StartAsync(name, _files, Stop);
        string[] targets = ["/text.txt", "/empty.txt", "/missing", "/random.bin"];
        var url = HttpUrl.Parse($"http://127.0.0.1:{server.Port}/");
        foreach (var isPipelined in new[] { false, true })
        {
            var requests = targets.Concat(targets).Select((target, i) => new RawHttpRequest(url) { Target = target, IsFollowed = i < 7 }).ToList();
            var responses = new List<RawHttpResponse>();
            await Task.Run(() => new RawHttpClient().SendAll(requests, isPipelined, new RawHttpOptions { TimeoutMilliseconds = 60_000 }, responses.Add, Stop), Stop);
            Assert.Equal([200, 200, 404, 200, 200, 200, 404, 200], responses.Select(static r => r.StatusCode));
            Assert.All(responses, static r => Assert.Empty(r.Findings));
            Assert.True(responses[7].Body.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_files.Html, "random.bin"))));
        }
    }

    [Fact]
    public async Task A_proxy_leads_to_the_server()
    {
        Tool.Require("squid");
        using var origin = await WebServers.NginxAsync(_files, Stop);
        using var squid = await Daemon.StartAsync("squid", port => ["-N", "-n", WebServers.SquidName, "-f", _files.Write("forward.conf", WebServers.ForwardProxy(port, _files))], Stop);
        var request = new RawHttpRequest(HttpUrl.Parse($"http://127.0.0.1:{origin.Port}/random.bin"));
        var tunnelled = await new RawHttpClient().SendAsync(request, new RawHttpOptions { TimeoutMilliseconds = 60_000, Proxy = ProxyServer.Parse($"http://127.0.0.1:{squid.Port}") }, Stop);
        var asked = await new RawHttpClient().SendAsync(
            request with { Uri = HttpUrl.Parse($"http://127.0.0.1:{squid.Port}/"), Target = request.Uri.AbsoluteUri, HttpVersion = new Version(1, 0), HasDefaultHeaders = false },
            new RawHttpOptions { TimeoutMilliseconds = 60_000 }, Stop);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_files.Html, "random.bin")), tunnelled.Body);
        Assert.Equal(tunnelled.Body, asked.Body);
        Assert.False(tunnelled.Headers.Contains("Via"));
        Assert.True(asked.Headers.Contains("Via"));
        Assert.True(tunnelled.Timing.ProxyMs > 0);
        Assert.Empty(tunnelled.Findings.Concat(asked.Findings));
    }

    // What these servers do with the configurations here, so that nothing is compared by not being sent.
    private static string[] Promised(string name) => name switch
    {
        "Kestrel" => ["gzip", "br"],
        "apache2" => File.Exists("/usr/lib/apache2/modules/mod_brotli.so") ? ["gzip", "br"] : ["gzip"],
        "lighttpd" => File.Exists("/usr/lib/lighttpd/mod_deflate.so") ? ["gzip", "deflate"] : [],
        "nginx" or "haproxy" or "squid" => ["gzip"],
        _ => [],
    };

    private static async Task<bool> DiffersInItselfAsync(string url, string method, string version, string coding)
    {
        var first = await CurlAsync(url, method, version, coding, decompress: false);
        for (var i = 0; i < Runs; i++)
        {
            var next = await CurlAsync(url, method, version, coding, decompress: false);
            if (!first.AsSpan().SequenceEqual(next))
                return true;
        }
        return false;
    }

    // How a body is cut into chunks depends on the time, too: one run of several is enough.
    private static async Task<bool> IsFramedAsForCurlAsync(RawHttpResponse response, string url, string method, string version, string coding)
    {
        for (var i = 0; i < Runs; i++)
        {
            var raw = await CurlAsync(url, method, version, coding, decompress: false, raw: true);
            var at = 0;
            foreach (var chunk in response.Chunks)
            {
                var line = Array.IndexOf(raw, (byte)'\n', at);
                if (line < 0 || !string.Equals(System.Text.Encoding.Latin1.GetString(raw, at, line - at).TrimEnd('\r').TrimStart('0'), chunk.ToString().TrimStart('0'), StringComparison.OrdinalIgnoreCase))
                    break;
                at = line + 1 + (int)chunk.Size + 2;
                if (chunk.Size == 0 && at == raw.Length)
                    return true;
            }
        }
        return false;
    }

    private static IEnumerable<string> WithoutTime(string head) =>
        head.Split("\r\n").Where(static line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase));

    private static Task<RawHttpResponse> SendAsync(RawHttpRequest request, bool decompress) => new RawHttpClient().SendAsync(
        request, new RawHttpOptions { TimeoutMilliseconds = 60_000, Decompress = decompress }, Stop);

    private static Task<byte[]> CurlAsync(string url, string method, string version, string coding, bool decompress, bool raw = false)
    {
        // The same request: servers look at what is in it.
        List<string> arguments = ["--silent", "--noproxy", "*", $"--http{version}", url, "--header", "Connection: close", "--header", "User-Agent:", "--header", "Accept:"];
        if (raw)
            arguments.Add("--raw");
        arguments.AddRange(method == "HEAD" ? ["--head"] : ["--request", method]);
        if (method == "POST")
            arguments.AddRange(["--data", "a=b", "--header", "Content-Type:"]);
        if (coding.Length > 0)
            arguments.AddRange(["--header", $"Accept-Encoding: {coding}"]);
        if (coding.Length > 0 && decompress)
            arguments.Add("--compressed");
        return Tool.OutputAsync("curl", Stop, [.. arguments]);
    }
}
