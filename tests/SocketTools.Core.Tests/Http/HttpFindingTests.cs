using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

public sealed class HttpFindingTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static readonly string LongValue = new('x', 9000);

    // Id, bytes at fault ('[' ... ']' around them in the answer, which are not sent), and the request's method.
    public static readonly TheoryData<string, string, string> Deviations = new()
    {
        { "ContentLengthWithTransferEncoding", Ok + "Transfer-Encoding: chunked\r\n[Content-Length: 3]\r\n\r\n0\r\n\r\n", "GET" },
        { "ContentLengthWithTransferEncoding", Ok + "Transfer-Encoding: chunked\r\n[Content-Length: 3]\r\n\r\n", "HEAD" },
        { "ContentLengthWithTransferEncoding", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n[Content-Length: 3]\r\n\r\n", "GET" },
        { "DifferingContentLengths", Ok + "Content-Length: 3\r\n[Content-Length: 4]\r\n\r\nabc", "GET" },
        { "DifferingContentLengths", Ok + "[Content-Length: 3, 4]\r\n\r\nabc", "GET" },
        { "InvalidContentLength", Ok + "[Content-Length: +3]\r\n\r\nabc", "GET" },
        { "InvalidContentLength", Ok + "[Content-Length: -3]\r\n\r\nabc", "GET" },
        { "InvalidContentLength", Ok + "[Content-Length: 0x3]\r\n\r\nabc", "GET" },
        { "InvalidContentLength", Ok + "[Content-Length: 3 3]\r\n\r\nabc", "GET" },
        { "InvalidContentLength", Ok + "[Content-Length:]\r\n\r\nabc", "GET" },
        { "BareCarriageReturn", Ok + "A: b[\r]C: d\r\n\r\n", "GET" },
        { "BareCarriageReturn", "HTTP/1.1 200 O[\r]K\r\n\r\n", "GET" },
        { "BareCarriageReturn", Chunked + "1[;a\rb]\r\nx\r\n0\r\n\r\n", "GET" },
        { "BareLineFeed", Ok + "A: b[\n]C: d\r\n\r\n", "GET" },
        { "BareLineFeed", "HTTP/1.1 200 OK[\n]A: b\r\n\r\n", "GET" },
        { "BareLineFeed", Ok + "A: b\r\n[\n]", "GET" },
        { "BareLineFeedInChunk", Chunked + "1[\n]x\r\n0\r\n\r\n", "GET" },
        { "BareLineFeedInChunk", Chunked + "1\r\nx[\n]0\r\n\r\n", "GET" },
        { "BareLineFeedInChunk", Chunked + "1[;a]\nx\r\n0\r\n\r\n", "GET" },
        { "FoldedHeader", Ok + "A: b\r\n[ c: d]\r\n\r\n", "GET" },
        { "SpaceBeforeColon", Ok + "[Transfer-Encoding :] chunked\r\n\r\n0\r\n\r\n", "GET" },
        { "InvalidNameCharacter", Ok + "A[(]b: c\r\n\r\n", "GET" },
        { "InvalidNameCharacter", Ok + "A[ ]b: c\r\n\r\n", "GET" },
        { "InvalidNameCharacter", Ok + "A[\u00e9]: c\r\n\r\n", "GET" },
        { "InvalidValueCharacter", Ok + "A: b[\u0001]c\r\n\r\n", "GET" },
        { "InvalidValueCharacter", Ok + "A: b[\u007f]\r\n\r\n", "GET" },
        { "NulInHead", Ok + "A: b[\0]c\r\n\r\n", "GET" },
        { "NulInHead", Ok + "A[\0]b: c\r\n\r\n", "GET" },
        { "HeaderWithoutColon", Ok + "A: b\r\n[no header]\r\n\r\n", "GET" },
        { "EmptyHeaderName", Ok + "[: b]\r\n\r\n", "GET" },
        { "SpaceBeforeFirstHeader", Ok + "[ A: b]\r\n\r\n", "GET" },
        { "InvalidChunkSize", Chunked + "[-]1\r\nx", "GET" },
        { "InvalidChunkSize", Chunked + "[+]1\r\nx", "GET" },
        { "InvalidChunkSize", Chunked + "0[x]1\r\nx", "GET" },
        { "InvalidChunkSize", Chunked + "[ ]1\r\nx", "GET" },
        { "InvalidChunkSize", Chunked + "1 [1]\r\nx", "GET" },
        { "InvalidChunkSize", Chunked + "1[\rx]", "GET" },
        { "ChunkSizeOverflow", Chunked + "FFFFFFFFFFFFFFF[F]1\r\nx", "GET" },
        { "SpaceAfterChunkSize", Chunked + "1[ ]\r\nx\r\n0\r\n\r\n", "GET" },
        { "InvalidChunkExtension", Chunked + "1[;]\r\nx\r\n0\r\n\r\n", "GET" },
        { "InvalidChunkExtension", Chunked + "1[;a=]\r\nx\r\n0\r\n\r\n", "GET" },
        { "InvalidChunkExtension", Chunked + "1[;a b]\r\nx\r\n0\r\n\r\n", "GET" },
        { "InvalidChunkExtension", Chunked + "1[;a=\"b]\r\nx\r\n0\r\n\r\n", "GET" },
        { "InvalidChunkExtension", Chunked + "1[;a=\"\\\u0001\"]\r\nx\r\n0\r\n\r\n", "GET" },
        { "InvalidChunkExtension", Chunked + "1[;a=\"\\]\r\nx\r\n0\r\n\r\n", "GET" },
        { "SpaceInChunkExtension", Chunked + "1;[ ]a=b\r\nx\r\n0\r\n\r\n", "GET" },
        { "SpaceInChunkExtension", Chunked + "1;a[ ]=\"b c\"\r\nx\r\n0\r\n\r\n", "GET" },
        { "DifferingContentLengths", Ok + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n[Content-Length: 4]\r\n\r\n0\r\n\r\n", "GET" },
        { "InvalidContentLength", Ok + "Transfer-Encoding: chunked\r\n[Content-Length: x]\r\n\r\n0\r\n\r\n", "GET" },
        { "DifferingContentLengths", Ok + "[Content-Length: 5, 6]\r\n\r\n", "HEAD" },
        { "InvalidContentLength", "HTTP/1.1 304 Not Modified\r\n[Content-Length: x]\r\n\r\n", "GET" },
        { "BodyWhereNoneMayBe", "HTTP/1.1 205 Reset Content\r\nContent-Length: 3\r\n\r\n[a]bc", "GET" },
        { "BodyWhereNoneMayBe", "HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[a]bc\r\n0\r\n\r\n", "GET" },
        { "TransferEncodingToHttp10", Ok + "[Transfer-Encoding: chunked]\r\n\r\n0\r\n\r\n", "GET 1.0" },
        { "InterimToHttp10", "[HTTP/1.1 103 Early Hints]\r\nA: b\r\n\r\n" + Ok + "\r\n", "GET 1.0" },
        { "MissingRequiredHeader", "[HTTP/1.1 401 Unauthorized]\r\nContent-Length: 0\r\n\r\n", "GET" },
        { "MissingRequiredHeader", "[HTTP/1.1 405 Method Not Allowed]\r\nContent-Length: 0\r\n\r\n", "GET" },
        { "MissingRequiredHeader", "[HTTP/1.1 407 Proxy Authentication Required]\r\nContent-Length: 0\r\n\r\n", "GET" },
        { "MissingRequiredHeader", "[HTTP/1.1 426 Upgrade Required]\r\nContent-Length: 0\r\n\r\n", "GET" },
        { "BareCarriageReturn", Ok + "Content-Length: 2[\r]\r\n", "GET" },
        { "BareCarriageReturn", Ok + "A: b\r\n[\r]\r\n\r\n", "GET" },
        { "SpaceBeforeColon", Ok + "[A :] b\r\nC", "GET" },
        { "MissingChunkEnd", Chunked + "1\r\nx[y]\r\n0\r\n\r\n", "GET" },
        { "MissingChunkEnd", Chunked + "1\r\nx[\ry]\n0\r\n\r\n", "GET" },
        { "ChunkedNotLast", Ok + "[Transfer-Encoding: chunked, gzip]\r\n\r\nx", "GET" },
        { "UnknownTransferCoding", Ok + "[Transfer-Encoding: xchunked]\r\n\r\nx", "GET" },
        { "UnknownTransferCoding", Ok + "[Transfer-Encoding: chunked;a=b]\r\n\r\nx", "GET" },
        { "UnknownTransferCoding", Ok + "[Transfer-Encoding: identity, chunked]\r\n\r\n0\r\n\r\n", "GET" },
        { "UnknownTransferCoding", Ok + "[Transfer-Encoding: \u000bchunked]\r\n\r\nx", "GET" },
        { "EmptyListElement", Ok + "[Transfer-Encoding: chunked,]\r\n\r\n0\r\n\r\n", "GET" },
        { "EmptyListElement", Ok + "Transfer-Encoding: chunked\r\n[Transfer-Encoding:]\r\n\r\n0\r\n\r\n", "GET" },
        { "EmptyListElement", Ok + "[Content-Length: 3,]\r\n\r\nabc", "GET" },
        { "InvalidContentLength", Ok + "[Content-Length: ,]\r\n\r\nabc", "GET" },
        { "RepeatedChunked", Ok + "[Transfer-Encoding: chunked, chunked]\r\n\r\n0\r\n\r\n", "GET" },
        { "RepeatedChunked", Ok + "Transfer-Encoding: chunked\r\n[Transfer-Encoding: chunked]\r\n\r\n0\r\n\r\n", "GET" },
        { "TransferEncodingInHttp10", "HTTP/1.0 200 OK\r\n[Transfer-Encoding: chunked]\r\n\r\n0\r\n\r\n", "GET" },
        { "RepeatedContentLength", Ok + "[Content-Length: 3, 3]\r\n\r\nabc", "GET" },
        { "RepeatedContentLength", Ok + "Content-Length: 3\r\n[Content-Length: 3]\r\n\r\nabc", "GET" },
        { "FramingWithoutBody", "HTTP/1.1 204 No Content\r\n[Content-Length: 0]\r\n\r\n", "GET" },
        { "FramingWithoutBody", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n[Transfer-Encoding: chunked]\r\n\r\n", "GET" },
        { "FramingWithoutBody", "HTTP/1.1 100 Continue\r\n[Transfer-Encoding: chunked]\r\n\r\n" + Ok + "\r\n", "GET" },
        { "FramingWithoutBody", Ok + "[Content-Length: 3]\r\n\r\n", "CONNECT" },
        { "BodyWhereNoneMayBe", Ok + "Content-Length: 3\r\n\r\n[abc]", "HEAD" },
        { "BodyWhereNoneMayBe", "HTTP/1.1 304 Not Modified\r\n\r\n[abc]", "GET" },
        { "BodyWhereNoneMayBe", "HTTP/1.1 204 No Content\r\n\r\n[abc]", "GET" },
        { "ShortBody", Ok + "Content-Length: 3\r\n\r\nab[]", "GET" },
        { "ShortBody", Chunked + "3\r\nab[]", "GET" },
        { "DataAfterEnd", Ok + "Content-Length: 3\r\n\r\nabc[HTTP/1.1 200 OK\r\n\r\n]", "GET" },
        { "DataAfterEnd", Chunked + "0\r\n\r\n[\r\n]", "GET" },
        { "InvalidStatusLine", "[S]SH-2.0-OpenSSH_9.2\r\n", "GET" },
        { "InvalidStatusLine", "[HTTP/2 ]200 OK\r\n\r\n", "GET" },
        { "UnexpectedVersion", "[HTTP/1.2] 200 OK\r\n\r\n", "GET" },
        { "UnexpectedVersion", "[HTTP/2.0] 200 OK\r\n\r\n", "GET" },
        { "StatusCodeOutOfRange", "HTTP/1.1 [600] What\r\n\r\n", "GET" },
        { "StatusCodeOutOfRange", "HTTP/1.1 [099] What\r\n\r\n", "GET" },
        { "MissingReasonSpace", "[HTTP/1.1 200]\r\n\r\n", "GET" },
        { "InvalidReasonCharacter", "HTTP/1.1 200 [\u001b]OK\r\n\r\n", "GET" },
        { "LeadingEmptyLine", "[\r\n\r\n]" + Ok + "\r\n", "GET" },
        { "LeadingEmptyLine", "[\r\n\r\n]", "GET" },
        { "DuplicateSingleton", Ok + "Location: /a\r\n[location: /b]\r\n\r\n", "GET" },
        { "DuplicateSingleton", Ok + "Content-Type: text/html\r\n[Content-Type: text/plain]\r\n\r\n", "GET" },
        { "ForbiddenTrailer", Chunked + "0\r\n[Content-Length: 3]\r\n\r\n", "GET" },
        { "SwitchWithoutUpgrade", "[HTTP/1.1 101 Switching Protocols]\r\n\r\n", "GET" },
        { "SwitchWithoutUpgrade", "[HTTP/1.1 101 Switching Protocols]\r\nUpgrade: echo\r\n\r\n", "GET" },
        { "UnaskedSwitch", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n[Upgrade: other]\r\n\r\n", "GET" },
        { "MissingRequiredHeader", "[HTTP/1.1 206 Partial Content]\r\nContent-Length: 0\r\n\r\n", "GET" },
        { "HeaderTooLarge", Ok + $"[A: {LongValue}\r\n]\r\n", "GET" },
        { "HeadTooLarge", $"HTTP/1.1 100 Continue\r\n\r\n[{new string('\n', 20_000 - 25)}]\n", "GET" },
        { "HeadTooLarge", $"[{Ok}A: {LongValue}{LongValue}{LongValue}]", "GET" },
        { "TooManyHeaders", Ok + string.Concat(Enumerable.Repeat("A: b\r\n", 20)) + "[C: d]\r\n\r\n", "GET" },
        { "ChunkExtensionsTooLarge", Chunked + "1;012345678[9]0123456789\r\nx\r\n", "GET" },
    };

    [Theory]
    [MemberData(nameof(Deviations))]
    public void Tells_the_deviation_its_place_and_its_bytes(string id, string marked, string method)
    {
        var start = marked.IndexOf('[', StringComparison.Ordinal);
        var end = marked.IndexOf(']', StringComparison.Ordinal) - 1;
        var text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        foreach (var size in new[] { int.MaxValue, 1 })
        {
            var finding = FindingsOf(text, method, size).First(finding => finding.Id == id && finding.Offset == start);
            Assert.Equal(text[start..Math.Min(end, start + FindingLog.MostBytes)], Encoding.Latin1.GetString(finding.Bytes)[..Math.Min(end - start, FindingLog.MostBytes)]);
            Assert.StartsWith("RFC 91", finding.Section, StringComparison.Ordinal);
            Assert.EndsWith(".", finding.Meaning, StringComparison.Ordinal);
            Assert.StartsWith($"{finding.Severity}: {id} at byte {start}: '", finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_rule_says_where_it_stands_how_much_it_can_do_and_what_it_can_lead_to() => Assert.All(HttpRules.All, static rule =>
    {
        Assert.Matches("^[A-Z][A-Za-z0-9]+$", rule.Id);
        Assert.True(Enum.IsDefined(rule.Severity));
        Assert.Matches(@"^RFC 911[02] section \d+(\.\d+)*$", rule.Section);
        Assert.Matches(@"^[A-Z0-9].{40,}\.$", rule.Meaning);
    });

    [Fact]
    public void Every_finding_has_its_bytes_but_where_none_came() => Assert.All(Deviations, static row =>
    {
        var (id, marked, method) = row.Data;
        var text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        Assert.All(FindingsOf(text, method, int.MaxValue).Where(finding => finding.Id == id), finding =>
        {
            Assert.Equal(finding.Id == HttpRules.ShortBody.Id, finding.Bytes.Length == 0);
            Assert.Equal(Encoding.Latin1.GetString(finding.Bytes), text.Substring((int)finding.Offset, finding.Bytes.Length));
        });
    });

    [Fact]
    public void Every_rule_has_a_deviation_here_and_an_id_of_its_own()
    {
        var ids = HttpRules.All.Select(static rule => rule.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        // That of TLS needs a connection: see RawHttpTlsTests.
        Assert.Equal(ids.Order(), Deviations.Select(static row => row.Data.Item1).Append("MissingCloseNotify").Distinct().Order());
        Assert.Equal(
            typeof(HttpRules).GetFields().Where(static f => f.FieldType == typeof(HttpRule)).Select(static f => f.Name).Order(), ids.Order());
        Assert.True(ids.Count >= 24);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: a/1 (b)\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("GET", "HTTP/1.1 200 \r\nEmpty:\r\nTab:\ta\tb\t\r\nText: \u00e9\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;a=b;c=\"d\";e\r\nabc\r\n0\r\nChecksum: 1\r\n\r\n")]
    [InlineData("GET", "HTTP/1.0 200 OK\r\nServer: SimpleHTTP/0.6 Python/3.11.2\r\n\r\nabc")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")]
    public void A_clean_answer_has_none(string method, string text) => Assert.Empty(FindingsOf(text, method, int.MaxValue, HttpLimits.Default));

    [Fact]
    public void Keeps_a_few_of_each_kind()
    {
        var findings = FindingsOf(Ok + string.Concat(Enumerable.Repeat("A : b\n", 500)) + "\r\n", "GET", int.MaxValue, HttpLimits.Default);
        Assert.Equal(2 * FindingLog.MostOfAKind, findings.Length);
        Assert.All(findings, static finding => Assert.InRange(finding.Bytes.Length, 1, FindingLog.MostBytes));
    }

    private static HttpFinding[] FindingsOf(string text, string method, int pieces, HttpLimits? limits = null)
    {
        var exchange = new HttpExchange(
            new RawHttpRequest(HttpUrl.Parse("http://127.0.0.1/")) { Method = method.Split(' ')[0], Headers = HeaderInput.Read(new[] { "Upgrade: echo", "Connection: Upgrade" }), HttpVersion = new Version(1, method.EndsWith('0') ? 0 : 1) },
            new RawHttpOptions { Limits = limits ?? new HttpLimits { HeadBytes = 20_000, Headers = 20, ExtensionBytes = 10 } }, new Deadline(int.MaxValue));
        var wire = new HttpWire(new CutStream(Encoding.Latin1.GetBytes(text), Enumerable.Repeat(pieces, pieces == 1 ? text.Length : 0), closes: true));
        try
        {
            exchange.Receive(wire);
            List<byte> rest = [.. wire.TakeRest(int.MaxValue)];
            while (wire.Fill() > 0)
                rest.AddRange(wire.TakeRest(int.MaxValue));
            exchange.TakeAfterEnd([.. rest]);
        }
        catch (SocketOperationException)
        {
            // Its findings are kept all the same.
        }
        return exchange.Response.Findings;
    }
}
