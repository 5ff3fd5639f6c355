using System;
using System.IO;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class RawHttpNginxTests : IClassFixture<NginxServer>
{
    private const int LongEnough = 60_000;
    private readonly NginxServer _nginx;

    public RawHttpNginxTests(NginxServer nginx) => _nginx = nginx;

    [Theory]
    [InlineData("http", "/file", "1.1", 300_000)]
    [InlineData("http", "/file", "1.0", 300_000)]
    [InlineData("http", "/stream/file", "1.1", 300_000)] // chunked
    [InlineData("http", "/stream/file", "1.0", 300_000)] // until close
    [InlineData("https", "/file", "1.1", 300_000)]
    [InlineData("https", "/stream/file", "1.1", 300_000)]
    [InlineData("https", "/stream/file", "1.0", 300_000)]
    [InlineData("http", "/file", "1.1", 0)]
    [InlineData("http", "/stream/file", "1.1", 0)]
    [InlineData("http", "/stream/file", "1.1", 10_000_000)]
    [InlineData("http", "/missing", "1.1", 1)]
    public async Task The_body_is_the_one_that_curl_reads(string scheme, string path, string version, int size)
    {
        _nginx.Require();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(_nginx.Files, "file"), bytes, TestContext.Current.CancellationToken);
        var url = $"{scheme}://localhost:{(scheme == "https" ? _nginx.TlsPort : _nginx.Port)}{path}";
        var response = await SendAsync(new RawHttpRequest(HttpUrl.Parse(url)) { HttpVersion = Version.Parse(version) });
        var expected = await Tool.OutputAsync(
            "curl", TestContext.Current.CancellationToken, "--silent", "--insecure", "--noproxy", "*", "--http" + version, url);
        Assert.True(expected.AsSpan().SequenceEqual(response.Body));
        Assert.Equal("127.0.0.1", response.Address);
        if (path != "/missing")
            Assert.Equal(size, response.Body.Length);
    }

    [Fact]
    public async Task The_framing_is_the_one_that_the_version_allows()
    {
        _nginx.Require();
        await File.WriteAllTextAsync(Path.Combine(_nginx.Files, "framed"), "x", TestContext.Current.CancellationToken);
        var chunked = await SendAsync(Request("/stream/framed"));
        Assert.Equal(["chunked"], chunked.Headers["transfer-encoding"]!);
        var untilClose = await SendAsync(new RawHttpRequest(Request("/stream/framed").Uri) { HttpVersion = new Version(1, 0) });
        Assert.Null(untilClose.Headers["transfer-encoding"]);
        Assert.Null(untilClose.Headers["content-length"]);
        Assert.Equal("x", untilClose.Content);
    }

    [Theory]
    [InlineData("HEAD", "/framed", 200)]
    [InlineData("GET", "/204", 204)]
    [InlineData("GET", "/304", 304)]
    public async Task A_response_without_a_body_has_none(string method, string path, int status)
    {
        _nginx.Require();
        await File.WriteAllTextAsync(Path.Combine(_nginx.Files, "framed"), "x", TestContext.Current.CancellationToken);
        var response = await SendAsync(new RawHttpRequest(Request(path).Uri) { Method = method });
        Assert.Equal((status, 0), (response.StatusCode, response.Body.Length));
    }

    [Fact]
    public async Task Repeated_headers_stay_apart()
    {
        _nginx.Require();
        var response = await SendAsync(Request("/repeated"));
        Assert.Equal(["one", "two"], response.Headers["x-twice"]!);
        Assert.Equal("both", response.Content);
    }

    private RawHttpRequest Request(string path) => new(HttpUrl.Parse($"http://localhost:{_nginx.Port}{path}"));

    private static Task<RawHttpResponse> SendAsync(RawHttpRequest request) => new RawHttpClient().SendAsync(
        request, new RawHttpOptions { TimeoutMilliseconds = LongEnough, SkipCertificateCheck = true }, TestContext.Current.CancellationToken);
}
