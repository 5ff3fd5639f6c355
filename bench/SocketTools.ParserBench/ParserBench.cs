using System;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace SocketTools.Bench;

/// <summary>Answers of one shape and several sizes, read in pieces as large as a packet.</summary>
[MemoryDiagnoser]
public class ParserBench
{
    private const int Packet = 1460;

    private byte[] _answer = [];
    private HttpLimits _limits = null!;

    [Params(64, 512, 4096)]
    public int Kilobytes { get; set; }

    [Params("plain body", "large chunks", "chunks of a byte", "chunks with extensions", "many headers", "one long header", "folded header", "wrong everywhere", "interim responses")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var bytes = Kilobytes * 1024;
        _answer = Encoding.Latin1.GetBytes(Shape switch
        {
            "plain body" => $"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n" + new string('x', bytes),
            "large chunks" => Chunked("4000\r\n" + new string('x', 0x4000) + "\r\n", bytes),
            "chunks of a byte" => Chunked("1\r\nx\r\n", bytes),
            "chunks with extensions" => Chunked("1;name=\"value\"\r\nx\r\n", bytes),
            "many headers" => Head("X-Header: value\r\n", bytes),
            "one long header" => "HTTP/1.1 204 No\r\nX: " + new string('x', bytes) + "\r\n\r\n",
            "folded header" => "HTTP/1.1 204 No\r\nX: x\r\n" + Repeat(" folded\r\n", bytes) + "\r\n",
            "wrong everywhere" => Head("A\u0001 :\u0001\r\u0001\n", bytes),
            _ => Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", bytes) + "HTTP/1.1 204 No\r\n\r\n",
        });
        _limits = new HttpLimits { HeadBytes = int.MaxValue, Headers = int.MaxValue, ExtensionBytes = int.MaxValue / 2 };
    }

    [Benchmark]
    public bool Read()
    {
        var parser = new ResponseParser("GET", _limits);
        var offset = 0;
        var step = ResponseStep.NeedMore;
        while (offset < _answer.Length && step is not (ResponseStep.End or ResponseStep.Wrong))
        {
            var end = Math.Min(offset + Packet, _answer.Length);
            do
                step = parser.Next(_answer, ref offset, end);
            while (step is ResponseStep.Head or ResponseStep.InterimHead or ResponseStep.Body);
        }
        return step == ResponseStep.End;
    }

    private static string Head(string line, int bytes) => "HTTP/1.1 204 No\r\n" + Repeat(line, bytes) + "\r\n";

    private static string Chunked(string chunk, int bytes) => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Repeat(chunk, bytes) + "0\r\n\r\n";

    private static string Repeat(string text, int bytes) => string.Concat(Enumerable.Repeat(text, bytes / text.Length));
}
