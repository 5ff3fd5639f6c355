using System;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

public sealed class ResponseParserTests
{
    [Fact]
    public void Keeps_headers_in_order_and_case_with_repeats_and_folds()
    {
        var parsed = Head("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nserver:\t nginx \t\r\nSET-COOKIE: b=2\r\nX-Folded: one\r\n  two\r\n\tthree\r\nLater:\r\n here\r\nEnds: x\r\n \r\nEmpty:\r\nOdd : v\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(
            ["Set-Cookie: a=1", "server: nginx", "SET-COOKIE: b=2", "X-Folded: one two three", "Later: here", "Ends: x", "Empty: ", "Odd: v", "Content-Length: 0"],
            [.. parsed.Headers.Select(h => h.ToString())]);
        Assert.Equal(["a=1", "b=2"], parsed.Headers["set-cookie"]!);
        Assert.Null(parsed.Headers["Missing"]);
        Assert.True(parsed.Headers.Contains("SERVER"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK", "1.1", 200, "OK")]
    [InlineData("HTTP/1.0 404 Not Found", "1.0", 404, "Not Found")]
    [InlineData("HTTP/1.1 200 ", "1.1", 200, "")]
    [InlineData("HTTP/1.1 200", "1.1", 200, "")]
    [InlineData("HTTP/1.1 999 é", "1.1", 999, "é")]
    public void Reads_status_lines(string line, string version, int code, string reason)
    {
        foreach (var end in new[] { "\r\n", "\n" })
        {
            var head = Head(line + end + end);
            Assert.Equal((line, version, code, reason), (head.StatusLine, head.HttpVersion, head.StatusCode, head.ReasonPhrase));
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2", 0)]
    [InlineData("HTTQ", 3)]
    [InlineData("\r\nX", 2)]
    [InlineData("HTTP/2 200 OK\r\n", 6)]
    [InlineData("HTTP/1.1  200 OK\r\n", 9)]
    [InlineData("HTTP/1.1 20x OK\r\n", 11)]
    [InlineData("HTTP/1.1 2000 OK\r\n", 12)]
    [InlineData("HTTP/1.1 20\r\n", 11)]
    [InlineData("HTTP/1.1\r\n", 8)]
    [InlineData("http/1.1 200 OK\r\n", 0)]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\n: no name\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\n folded: first\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: x\r\n\r\n", 23)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 36)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n", 17)]
    public void Says_where_a_head_is_wrong(string text, long offset)
    {
        var parsed = ParsedResponse.Of(text, close: false);
        Assert.Equal((Reason.ProtocolViolation, offset), (parsed.Fault?.Reason, parsed.Fault?.Offset));
        Assert.False(parsed.IsComplete);
    }

    [Theory]
    [InlineData("", "x\r\nabc\r\n", 0)]
    [InlineData("", "\r\n", 0)]
    [InlineData("", "3\r\nabcX", 6)]
    [InlineData("", "3\r\nabc\rX", 7)]
    [InlineData("", "3\rX", 2)]
    [InlineData("", "3 x", 2)]
    [InlineData("", "-3\r\n", 0)]
    [InlineData("", "0x3\r\n", 1)]
    [InlineData("", "8000000000000000", 15)]
    [InlineData("", "FFFFFFFFFFFFFFFFF", 15)]
    [InlineData("abc", "3\r\nabc\r\n0\r\nno colon\r\n\r\n", 11)]
    public void Says_where_a_chunked_body_is_wrong(string body, string text, long offset)
    {
        const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        var parsed = ParsedResponse.Of(Chunked + text, close: false);
        Assert.Equal((Reason.ProtocolViolation, Chunked.Length + offset), (parsed.Fault?.Reason, parsed.Fault?.Offset));
        Assert.Equal(body.Length > 0 ? body : parsed.Body, parsed.Body);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd", "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\nContent-Length: 003\r\n\r\nabcd", "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nabcd", "")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\n\r\nabcd", "abcd")]
    [InlineData("GET", "HTTP/1.0 200 OK\r\n\r\n", "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "")]
    [InlineData("head", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc")]
    [InlineData("CONNECT", "HTTP/1.1 200 OK\r\n\r\nabc", "")]
    [InlineData("CONNECT", "HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nabc", "abc")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", "")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", "")]
    [InlineData("GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nabc", "")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n3\r\nabc\r\n", "3\r\nabc\r\n")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00003;a=b;c=\"d\"\r\nabc\r\n A \t\r\n", "fault")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00003 ;a=b\r\nabc\r\nA \t\r\n0123456789\r\n0;x\r\n\r\n", "abc0123456789")]
    [InlineData("GET", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n", "abc")]
    public void Frames_the_body_by_the_standards_rules(string method, string text, string body)
    {
        var parsed = ParsedResponse.Of(text, method);
        if (body == "fault")
        {
            Assert.NotNull(parsed.Fault);
            return;
        }
        Assert.Null(parsed.Fault);
        Assert.Equal((true, body), (parsed.IsComplete, parsed.Body));
    }

    [Fact]
    public void Keeps_interim_heads_and_trailers_apart()
    {
        var parsed = ParsedResponse.Of(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nChecksum: 1\r\nChecksum: 2\r\n\r\n");
        Assert.Equal((2, "a", true), (parsed.Interim, parsed.Body, parsed.IsComplete));
        Assert.Equal($"Checksum: 1{Environment.NewLine}Checksum: 2", parsed.Trailers);
    }

    [Theory]
    [InlineData("", "before it answered", "")]
    [InlineData("HTTP/1.1 200 OK\r\n", "inside the head", "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "2 bytes before the end of a body of 5 bytes", "abc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "before the last chunk", "abc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", "after the last chunk, before the end of the trailers", "abc")]
    public void Keeps_what_came_before_an_early_close(string text, string why, string body)
    {
        var parsed = ParsedResponse.Of(text);
        Assert.Equal((Reason.ConnectionClosed, text.Length, body), (parsed.Fault!.Reason, parsed.Fault.Offset, parsed.Body));
        Assert.Contains(why, parsed.Fault.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_at_the_limit_of_the_head_whatever_fills_it()
    {
        var interim = string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", HttpLimits.DefaultHeadBytes / 25 + 1));
        var trailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + new string('x', HttpLimits.DefaultHeadBytes);
        foreach (var text in new[] { "HTTP/1.1 200 " + new string('x', HttpLimits.DefaultHeadBytes), interim, trailers })
        {
            var parsed = ParsedResponse.Of(text, close: false);
            Assert.Equal(Reason.LimitExceeded, parsed.Fault?.Reason);
            Assert.InRange(parsed.Fault!.Offset, HttpLimits.DefaultHeadBytes, HttpLimits.DefaultHeadBytes + 10);
        }
    }

    [Fact]
    public void Stops_at_the_limit_of_a_chunk_size_line()
    {
        const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        foreach (var line in new[] { "1;" + new string('x', 20_000), new string('0', 20_000), "1" + new string(' ', 20_000) })
        {
            var parsed = ParsedResponse.Of(Chunked + line, close: false, limits: new HttpLimits { ExtensionBytes = 16_384 });
            Assert.Equal(Reason.LimitExceeded, parsed.Fault?.Reason);
            Assert.InRange(parsed.Fault!.Offset, Chunked.Length + 16_384, Chunked.Length + 16_384 + 20);
        }
    }

    [Theory]
    [InlineData("Content-Length: 10", "0123456789")]
    [InlineData("X: y", "0123456789")]
    [InlineData("Transfer-Encoding: chunked", "6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n")]
    public void Takes_a_body_up_to_its_limit_and_keeps_that_much_of_a_larger_one(string header, string body)
    {
        var bytes = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n{body}");
        Assert.True(ParsedResponse.Of(bytes, [], limits: new HttpLimits { BodyBytes = 10 }).IsComplete);
        var parsed = ParsedResponse.Of(bytes, [], limits: new HttpLimits { BodyBytes = 9 });
        Assert.Equal((Reason.LimitExceeded, "012345678"), (parsed.Fault?.Reason, parsed.Body));
    }

    [Fact]
    public void Believes_a_promised_length_only_so_far()
    {
        var text = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {long.MaxValue / 20}\r\n\r\nabc");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var parsed = ParsedResponse.Of(text, []);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        Assert.Equal((Reason.ConnectionClosed, "abc"), (parsed.Fault?.Reason, parsed.Body));
    }

    [Fact]
    public void Needs_few_allocations_however_the_body_is_cut()
    {
        var tiny = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("1;a=b\r\nx\r\n", 100_000)) + "0\r\n\r\n");
        var parser = new ResponseParser("GET", new HttpLimits { ExtensionBytes = 1_000_000 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var step = ResponseStep.NeedMore;
        for (var i = 0; i < tiny.Length;)
            step = parser.Next(tiny, ref i, i + 1);
        Assert.Equal(ResponseStep.End, step);
        Assert.Equal((100_001, ChunkReader.MostKept), (parser.ChunkCount, parser.Chunks.Count));
        // The chunks that are kept, their extensions, and a head.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, ChunkReader.MostKept * 120);
    }

    [Fact]
    public void Takes_so_many_headers_and_no_more()
    {
        var headers = string.Concat(Enumerable.Repeat("A: b\r\n", 10));
        var limits = new HttpLimits { Headers = 10 };
        Assert.True(ParsedResponse.Of($"HTTP/1.1 204 No\r\n{headers}\r\n", limits: limits).IsComplete);
        var parsed = ParsedResponse.Of($"HTTP/1.1 204 No\r\n{headers}A: b\r\n\r\n", limits: limits);
        Assert.Equal(Reason.LimitExceeded, parsed.Fault?.Reason);
        Assert.Equal(10, parsed.Headers.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Lists_chunks_with_their_extensions_and_places()
    {
        const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        var parsed = ParsedResponse.Of(Head + "3\r\nabc\r\n0A;a;b=c;d=\"e;\\\" f\"\r\n0123456789\r\n0;last\r\n\r\nmore");
        Assert.Equal($"{Head.Length}:3 {Head.Length + 8}:a;a;b=c;d=\"e;\\\" f\" {Head.Length + 41}:0;last", parsed.Chunks);
        Assert.Equal(("abc0123456789", "more"), (parsed.Body, parsed.AfterEnd));
    }

    private static HttpResponseHead Head(string text)
    {
        var reader = new ResponseReader(new HttpWire(new CutStream(Encoding.Latin1.GetBytes(text), [], closes: true)), "GET", HttpLimits.Default);
        Assert.True(reader.TryReadHead());
        return reader.Parsed.Head!;
    }
}
