using System;
using System.Linq;
using System.Text;
using CsCheck;

namespace SocketTools.Tests;

public sealed class ResponseParserPropertyTests
{
    private static readonly Gen<int[]> Cuts = Gen.Frequency(
        (1, Gen.Const(Enumerable.Repeat(1, 2000).ToArray())),
        (3, Gen.Int[1, 40].Array[0, 60]));

    private static readonly Gen<string> LineEnd = Gen.OneOf("\r\n", "\r\n", "\n");

    private static readonly Gen<string> Header =
        from name in Gen.OneOf("Server", "X-Folded", "set-cookie", "Via", "Odd ")
        from value in Gen.Char[' ', 'ÿ'].Array[0, 20]
        from fold in Gen.OneOf("", "", "\r\n more", "\n\t")
        from end in LineEnd
        select $"{name}:{new string(value)}{fold}{end}";

    private static readonly Gen<string> Body = Gen.Char['\0', 'ÿ'].Array[0, 200].Select(static c => new string(c));

    private static readonly Gen<string> Chunk =
        from data in Gen.Char['\0', 'ÿ'].Array[1, 30]
        from extension in Gen.OneOf("", ";a=b", " ;q=\"x\"", "\t")
        from end in LineEnd
        select $"{data.Length:X}{extension}{end}{new string(data)}{end}";

    private static readonly Gen<string> FramedBody = Gen.OneOf(
        Body.Select(static b => $"Content-Length: {b.Length}\r\n\r\n{b}"),
        Body.Select(static b => "\r\n" + b),
        Gen.Select(Chunk.Array[0, 8], Header.Array[0, 2])
            .Select(static (chunks, trailers) => $"Transfer-Encoding: chunked\r\n\r\n{string.Concat(chunks)}0\r\n{string.Concat(trailers)}\r\n"));

    private static readonly Gen<byte[]> Response =
        from interim in Gen.OneOf("", "", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 E\r\nLink: a\r\n\r\nHTTP/1.1 100\n\n")
        from status in Gen.OneOf("HTTP/1.1 200 OK\r\n", "HTTP/1.0 404\n", "HTTP/1.1 204 No Content\r\n", "HTTP/1.1 500 \r\n")
        from headers in Header.Array[0, 5]
        from body in FramedBody
        select Encoding.Latin1.GetBytes(interim + status + string.Concat(headers) + body);

    // Bytes that mean something in a response do more damage than others.
    private static readonly Gen<(double At, int Kind, byte Value)> Mutation =
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.OneOf((byte)'\r', (byte)'\n', (byte)':', (byte)';', (byte)' ', (byte)'0', (byte)'f', (byte)',')));

    [Fact]
    public void Any_split_gives_the_same_response() =>
        Gen.Select(Response, Cuts).Sample(static (bytes, cuts) =>
        {
            var whole = ParsedResponse.Of(bytes, []);
            return whole.Fault is null && whole.IsComplete && whole == ParsedResponse.Of(bytes, cuts);
        }, iter: 20_000);

    [Fact]
    public void Any_split_of_a_damaged_response_gives_the_same_result() =>
        Gen.Select(Response, Mutation.Array[1, 6], Cuts, Gen.Bool, Gen.Int[0, 300]).Sample(static (bytes, mutations, cuts, close, maximum) =>
        {
            var damaged = mutations.Aggregate(bytes, Damage);
            var whole = ParsedResponse.Of(damaged, [], limits: new HttpLimits { BodyBytes = maximum, ExtensionBytes = 30 }, close: close);
            return whole == ParsedResponse.Of(damaged, cuts, limits: new HttpLimits { BodyBytes = maximum, ExtensionBytes = 30 }, close: close)
                && (whole.Fault is null || whole.Fault.Offset <= damaged.Length);
        }, iter: 60_000);

    [Fact]
    public void Random_bytes_behind_a_status_line_end_in_a_response_or_a_fault() =>
        Gen.Select(Gen.Byte.Array[0, 300], Cuts).Sample(static (tail, cuts) =>
        {
            byte[] bytes = [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"u8, .. tail];
            var parsed = ParsedResponse.Of(bytes, cuts);
            return parsed.IsComplete == parsed.Fault is null;
        }, iter: 20_000);

    private static byte[] Damage(byte[] bytes, (double At, int Kind, byte Value) mutation)
    {
        var at = Math.Min((int)(mutation.At * bytes.Length), Math.Max(bytes.Length - 1, 0));
        return mutation.Kind switch
        {
            0 => [.. bytes[..at], mutation.Value, .. bytes[at..]],
            1 => [.. bytes[..at], .. bytes[Math.Min(at + 1, bytes.Length)..]],
            2 => [.. bytes[..at], .. bytes[(bytes.Length - at)..], .. bytes[at..]],
            _ => [.. bytes[..at], mutation.Value, .. bytes[Math.Min(at + 1, bytes.Length)..]],
        };
    }
}
