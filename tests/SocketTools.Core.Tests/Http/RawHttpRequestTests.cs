using System;
using System.Collections.Specialized;
using System.Text;

namespace SocketTools.Tests;

public sealed class RawHttpRequestTests
{
    [Theory]
    [InlineData("http://a", "/")]
    [InlineData("http://a?x", "/?x")]
    [InlineData("http://a/#part", "/")]
    [InlineData("http://a:81/b/../c/%2e%2E/d%2F?x=<y>&z=#no", "/b/../c/%2e%2E/d%2F?x=<y>&z=")]
    [InlineData("a/b c/é", "/b%20c/%C3%A9")]
    [InlineData("http://a/?x[%25lo]", "/?x[%25lo]")]
    [InlineData("[fe80::1%25lo]/[%25]?u=http://[::1%25lo]/", "/[%25]?u=http://[::1%25lo]/")]
    public void The_target_is_the_path_as_it_was_written(string url, string target) =>
        Assert.StartsWith($"GET {target} HTTP/1.1\r\n", Encoding.Latin1.GetString(new RawHttpRequest(HttpUrl.Parse(url)).ToBytes()));

    [Fact]
    public void Adds_host_and_connection_and_nothing_else() =>
        Assert.Equal("GET /a?b=c HTTP/1.1\r\nHost: web1:8080\r\nConnection: close\r\n\r\n", TextOf(Request("http://web1:8080/a?b=c#d")));

    [Fact]
    public void Adds_nothing_when_told_so() => Assert.Equal(
        "POST / HTTP/1.0\r\n\r\nbody",
        TextOf(new RawHttpRequest(HttpUrl.Parse("web1")) { Method = "POST", HttpVersion = new Version(1, 0), Body = HttpBody.Of("body"u8.ToArray()), HasDefaultHeaders = false }));

    [Fact]
    public void A_body_gets_its_length_unless_the_headers_frame_it()
    {
        var body = new byte[] { 0, 255, 10 };
        Assert.Contains("\r\nContent-Length: 3\r\n\r\n\0ÿ\n", TextOf(new RawHttpRequest(HttpUrl.Parse("web1")) { Body = HttpBody.Of(body) }), StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 0\r\n\r\n", TextOf(new RawHttpRequest(HttpUrl.Parse("web1")) { Body = HttpBody.Of([]) }), StringComparison.Ordinal);
        foreach (var own in new[] { "content-length: 99", "Transfer-Encoding: chunked" })
        {
            var text = TextOf(new RawHttpRequest(HttpUrl.Parse("web1")) { Body = HttpBody.Of(body), Headers = HeaderInput.Read(own) });
            Assert.DoesNotContain("Content-Length: 3", text, StringComparison.Ordinal);
            Assert.Contains(own, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_header_of_the_same_name_takes_the_place_of_a_default_one() => Assert.Equal(
        "GET / HTTP/1.1\r\nX: 1\r\nhost: other\r\nX: 2\r\nconnection: keep-alive\r\n\r\n",
        TextOf(Request("web1", "X: 1", "host: other", "X: 2", "connection: keep-alive")));

    [Theory]
    [InlineData("http://web1/", "web1")]
    [InlineData("https://web1:443/", "web1")]
    [InlineData("https://web1:80/", "web1:80")]
    [InlineData("http://[2001:DB8::7]:81/", "[2001:db8::7]:81")]
    [InlineData("http://[fe80::1%25eth0]/", "[fe80::1]")]
    [InlineData("http://bücher.example/", "xn--bcher-kva.example")]
    public void Names_the_host_as_the_standard_wants_it(string url, string host) =>
        Assert.Contains($"\r\nHost: {host}\r\n", TextOf(Request(url)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("GET /")]
    [InlineData("GE\r\nT")]
    [InlineData("GÉT")]
    public void Refuses_a_method_that_is_no_token(string method)
    {
        var error = Assert.Throws<FormatException>(() => new RawHttpRequest(HttpUrl.Parse("web1")) { Method = method }.ToBytes());
        Assert.Contains("give ASCII letters", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("2.0")]
    public void Refuses_versions_that_are_not_written_in_lines(string version) => Assert.Throws<FormatException>(
        () => new RawHttpRequest(HttpUrl.Parse("web1")) { HttpVersion = Version.Parse(version) }.ToBytes());

    [Theory]
    [InlineData("X: a\r\nY: b", "CR")]
    [InlineData("X: a\nY: b", "LF")]
    [InlineData("X: a\0", "NUL")]
    [InlineData("X: €", "U+20AC")]
    [InlineData("X Y: a", "name")]
    [InlineData(": a", "name")]
    [InlineData("no colon", "colon")]
    public void Refuses_a_header_that_would_break_its_line(string line, string named)
    {
        var error = Assert.Throws<FormatException>(() => HeaderInput.Read(line));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD / HTTP/1.0\r\n\r\n", "HEAD", true)]
    [InlineData("\r\n\r\nHEAD / HTTP/1.0\r\n\r\n", "HEAD", true)]
    [InlineData("\nGET / HTTP/1.1\n\n", "GET", false)]
    [InlineData("OPTIONS", "OPTIONS", false)]
    [InlineData("", "", false)]
    public void Of_a_request_by_hand_the_first_line_tells_the_method_and_the_version(string raw, string method, bool isOfHttp10)
    {
        var request = new RawHttpRequest(HttpUrl.Parse("web1")) { Raw = System.Text.Encoding.ASCII.GetBytes(raw) };
        Assert.Equal((method, isOfHttp10), (request.EffectiveMethod, request.IsOfHttp10));
    }

    [Fact]
    public void Parts_of_several_requests_are_what_they_would_be_of_one()
    {
        Assert.Equal("AB", System.Text.Encoding.ASCII.GetString(RequestParts.ReadAll(Part("Body", new object[] { 65, 66 }))[0].Body!.Bytes!));
        Assert.Equal("GET"u8.ToArray(), RequestParts.ReadAll(Part("RawRequest", new object[] { 71, (byte)69, 84L }))[0].Raw);
        Assert.Equal(new Version(1, 0), RequestParts.ReadAll(Part("HttpVersion", 1.0))[0].HttpVersion);
        Assert.Contains("-join", Assert.Throws<FormatException>(() => RequestParts.ReadAll(Part("Body", new object[] { "line1", "line2" }))).Message, StringComparison.Ordinal);
        Assert.Contains("-join", Assert.Throws<FormatException>(() => RequestParts.ReadAll(Part("RawRequest", new object[] { 256 }))).Message, StringComparison.Ordinal);
        Assert.Contains("inside its list", Assert.Throws<FormatException>(() => HeaderInput.Read(Part("A", new object[] { "x", new object[] { "y" } }))).Message, StringComparison.Ordinal);

        static OrderedDictionary Part(string name, object value) => new() { [name] = value };
    }

    [Fact]
    public void Reads_headers_as_people_write_them()
    {
        var dictionary = new OrderedDictionary { ["B"] = 1, ["A"] = new object[] { "x", "y" }, ["C"] = null };
        var headers = HeaderInput.Read(new object[] { dictionary, "D:  spaced \t", "D: again", HeaderInput.Read("E: e") });
        Assert.Equal(["B: 1", "A: x", "A: y", "C: ", "D: spaced", "D: again", "E: e"], [.. System.Linq.Enumerable.Select(headers, h => h.ToString())]);
        Assert.Empty(HeaderInput.Read(null));
        Assert.Contains("Name: value", Assert.Throws<FormatException>(() => HeaderInput.Read(7)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web1", "http://web1/")]
    [InlineData("web1:8080/x", "http://web1:8080/x")]
    [InlineData("web1:8080/x?next=http://web2/", "http://web1:8080/x?next=http://web2/")]
    [InlineData("[::1]:8080", "http://[::1]:8080/")]
    [InlineData("HTTPS://Web1", "https://web1/")]
    public void Reads_urls_and_hosts(string text, string url) => Assert.Equal(url, HttpUrl.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("http://web1", null, "http://web1/")]
    [InlineData(" http://web1/z ", null, "http://web1/z")]
    [InlineData("http://web1:81/%7e/../x?a#b", null, "http://web1:81/%7e/../x?a")]
    [InlineData("https://web1/x", "/a/../z", "https://web1/a/../z")]
    [InlineData("http://web1/x", "*", "http://web1/x")]
    [InlineData("http://[fe80::1%25lo]:81/x", null, "http://[fe80::1%lo]:81/x")]
    [InlineData("http://[fe80::1%lo]/", null, "http://[fe80::1%lo]/")]
    public void The_url_that_was_asked_for_asks_for_the_same_again(string url, string? target, string asked)
    {
        var request = new RawHttpRequest(HttpUrl.Parse(url)) { Target = target };
        Assert.Equal(asked, request.AskedUrl);
        var again = HttpUrl.Parse(asked);
        Assert.Equal((asked, HttpUrl.HostOf(request.Uri)), (new RawHttpRequest(again).AskedUrl, HttpUrl.HostOf(again)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("ftp://web1/")]
    [InlineData("http://")]
    [InlineData("http:///path")]
    [InlineData("http://web1:0/")]
    [InlineData("http://web1:99999/")]
    [InlineData("http://me:secret@web1/")]
    [InlineData("http://web1/a\r\nX: y")]
    [InlineData("http://web1/\0")]
    public void Refuses_what_cannot_be_requested(string text)
    {
        var error = Assert.Throws<FormatException>(() => HttpUrl.Parse(text));
        Assert.Contains("Give an http or https URL", error.Message, StringComparison.Ordinal);
    }

    private static RawHttpRequest Request(string url, params string[] headers) =>
        new(HttpUrl.Parse(url)) { Headers = HeaderInput.Read(headers) };

    private static string TextOf(RawHttpRequest request) => Encoding.Latin1.GetString(request.ToBytes());
}
