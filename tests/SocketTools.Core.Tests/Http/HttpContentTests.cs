using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

/// <summary>Bodies that are decompressed, and bodies that go to files.</summary>
public sealed class HttpContentTests : IDisposable
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000)));

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    [InlineData("deflate, gzip")]
    [InlineData("identity")]
    public void Codings_are_undone_when_that_is_asked_for(string coding)
    {
        var coded = Encode(Text, coding);
        foreach (var head in new[] { $"Content-Length: {coded.Length}\r\n\r\n", "\r\n", "Transfer-Encoding: chunked\r\n\r\n" })
        {
            byte[] body = head.Contains("chunked", StringComparison.Ordinal) ? [.. Encoding.ASCII.GetBytes($"{coded.Length:x}\r\n"), .. coded, .. "\r\n0\r\n\r\n"u8] : coded;
            byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding.Split(' ')[^1].Trim()}\r\n{head}"), .. body];
            if (coding.Contains(',', StringComparison.Ordinal))
                answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n{head}"), .. body];
            foreach (var pieces in new[] { int.MaxValue, 7 })
            {
                var response = Receive(answer, pieces, new RawHttpOptions { Decompress = true });
                Assert.Equal(Text, response.Body);
                Assert.Equal((true, Text.Length), (response.IsComplete, response.BodyLength));
                Assert.Equal(coded, Receive(answer, pieces, new RawHttpOptions()).Body);
            }
        }
    }

    [Fact]
    public void Codings_for_the_way_are_undone_before_those_of_the_content()
    {
        var coded = Encode(Text, "deflate, gzip");
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{coded.Length:x}\r\n"), .. coded, .. "\r\n0\r\n\r\n"u8];
        Assert.Equal(Text, Receive(answer, int.MaxValue, new RawHttpOptions { Decompress = true }).Body);
        Assert.Equal(coded, Receive(answer, int.MaxValue, new RawHttpOptions()).Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void A_bomb_ends_at_the_limit(string coding)
    {
        var coded = Encode(new byte[50_000_000], coding);
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {coded.Length}\r\n\r\n"), .. coded];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<SocketOperationException>(() => Receive(answer, int.MaxValue, Limited(1_000_000)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal(Reason.LimitExceeded, error.Reason);
        Assert.Equal(1_000_000, Assert.IsType<RawHttpResponse>(error.PartialResult).Body.Length);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("gzip, br")]
    public void A_coding_that_breaks_off_is_told_wherever_it_does(string codings)
    {
        var whole = Encode([.. Text.Take(600)], codings);
        for (var length = 1; length < whole.Length; length++)
        {
            byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {codings.Replace("raw ", "", StringComparison.Ordinal)}\r\nContent-Length: {length}\r\n\r\n"), .. whole.Take(length)];

            var error = Assert.Throws<SocketOperationException>(() => Receive(answer, int.MaxValue, new RawHttpOptions { Decompress = true }));

            Assert.Contains("breaks off inside its coding", error.Message);
            Assert.False(((RawHttpResponse)error.PartialResult!).IsComplete);
            Assert.StartsWith(Encoding.UTF8.GetString(((RawHttpResponse)error.PartialResult!).Body), Encoding.UTF8.GetString(Text));
        }
    }

    [Theory]
    [InlineData("gzip", 8)]
    [InlineData("deflate", 4)]
    public void A_check_sum_that_does_not_fit_is_told(string coding, int fromEnd)
    {
        var coded = Encode(Text, coding);
        coded[coded.Length - fromEnd] ^= 1;
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {coded.Length}\r\n\r\n"), .. coded];

        var error = Assert.Throws<SocketOperationException>(() => Receive(answer, int.MaxValue, new RawHttpOptions { Decompress = true }));

        Assert.Contains($"its bytes are not {coding}'s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_gzip_that_follow_each_other_are_one_body_and_what_follows_them_is_none()
    {
        byte[] coded = [.. Encode(Text, "gzip"), .. Encode(Text, "gzip"), .. "behind"u8];
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {coded.Length}\r\n\r\n"), .. coded];

        Assert.Equal([.. Text, .. Text], Receive(answer, int.MaxValue, new RawHttpOptions { Decompress = true }).Body);
    }

    [Theory]
    [InlineData("gzip", "not gzip at all, nor anything else")]
    [InlineData("compress", "x")]
    [InlineData("klingon", "x")]
    public void What_cannot_be_undone_is_an_error_that_names_it(string coding, string body)
    {
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var error = Assert.Throws<SocketOperationException>(() => Receive(answer, int.MaxValue, new RawHttpOptions { Decompress = true }));
        Assert.Equal(Reason.ProtocolViolation, error.Reason);
        Assert.Contains("cannot be decompressed", error.Message, StringComparison.Ordinal);
        Assert.Equal(body, Receive(answer, int.MaxValue, new RawHttpOptions()).Content);
    }

    [Fact]
    public void An_empty_body_stays_empty() =>
        Assert.Empty(Receive("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), 1, new RawHttpOptions { Decompress = true }).Body);

    [Fact]
    public void A_file_takes_the_body_and_memory_none()
    {
        const int Size = 100_000_000;
        var answer = new byte[Size + 100];
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Size}\r\n\r\n");
        new Random(1).NextBytes(answer);
        head.CopyTo(answer, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var response = Receive(answer[..(head.Length + Size)], int.MaxValue, new RawHttpOptions { OutFile = _file, Limits = new HttpLimits { BodyBytes = long.MaxValue } }, counted: false);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - (head.Length + Size), 0, 1_000_000);
        Assert.Equal((Size, 0, true, _file), (response.BodyLength, response.Body.Length, response.IsComplete, response.OutFile));
        Assert.True(File.ReadAllBytes(_file).AsSpan().SequenceEqual(answer.AsSpan(head.Length, Size)));
    }

    [Fact]
    public void A_file_takes_a_decompressed_body()
    {
        var coded = Encode(Text, "gzip");
        byte[] answer = [.. "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"u8, .. coded];
        Receive(answer, 100, new RawHttpOptions { OutFile = _file, Decompress = true });
        Assert.Equal(Text, File.ReadAllBytes(_file));
    }

    [Fact]
    public void A_file_that_cannot_be_written_says_so()
    {
        var error = Assert.Throws<SocketOperationException>(() => Receive(
            "HTTP/1.1 200 OK\r\n\r\nx"u8.ToArray(), 1, new RawHttpOptions { OutFile = Path.Combine(_file, "x") }));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    private static RawHttpOptions Limited(long bytes) => new() { Decompress = true, Limits = new HttpLimits { BodyBytes = bytes } };

    private static RawHttpResponse Receive(byte[] answer, int pieces, RawHttpOptions options, bool counted = true)
    {
        var exchange = new HttpExchange(new RawHttpRequest(HttpUrl.Parse("http://127.0.0.1/")), options, new Deadline(int.MaxValue));
        var cuts = counted && pieces < int.MaxValue ? Enumerable.Repeat(pieces, answer.Length) : [];
        exchange.Receive(new HttpWire(new CutStream(answer, cuts, closes: true)));
        return exchange.Response;
    }

    private static byte[] Encode(byte[] bytes, string codings)
    {
        foreach (var coding in codings.Split(", "))
        {
            using var target = new MemoryStream();
            using (Stream encoder = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
                "raw deflate" => new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true),
                "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
                _ => new BufferedStream(new Unclosed(target)),
            })
                encoder.Write(bytes);
            bytes = target.ToArray();
        }
        return bytes;
    }

    private sealed class Unclosed(Stream target) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);
    }
}
