using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

/// <summary>Answers of about any number of bytes in shapes that could cost more than their bytes, and the reading of them in
/// pieces as large as a packet.</summary>
internal static class AnswerShapes
{
    private const int Packet = 1460;
    private const string NoContent = "HTTP/1.1 204 No\r\n";

    private static readonly HttpLimits NoLimits = new() { HeadBytes = int.MaxValue, Headers = int.MaxValue, ExtensionBytes = int.MaxValue / 2, BodyBytes = long.MaxValue };

    private static readonly Dictionary<string, Func<int, string>> Makers = new()
    {
        ["body with a length"] = static bytes => $"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n" + new string('x', bytes),
        ["body to the end"] = static bytes => "HTTP/1.1 200 OK\r\n\r\n" + new string('x', bytes),
        ["one chunk"] = static bytes => Chunked($"{bytes:x}\r\n{new string('x', bytes)}\r\n"),
        ["chunks of 16 KiB"] = static bytes => Chunked(Repeat("4000\r\n" + new string('x', 0x4000) + "\r\n", bytes)),
        ["chunks of a byte"] = static bytes => Chunked(Repeat("1\r\nx\r\n", bytes)),
        ["chunks with extensions"] = static bytes => Chunked(Repeat("1;name=\"value\"\r\nx\r\n", bytes)),
        ["one long extension"] = static bytes => Chunked("1;a=\"" + new string('x', bytes) + "\"\r\nx\r\n"),
        ["chunk size of zeros"] = static bytes => Chunked(new string('0', bytes) + "1\r\nx\r\n"),
        ["many headers"] = static bytes => NoContent + Repeat("X-Header: value\r\n", bytes) + "\r\n",
        ["one long header"] = static bytes => NoContent + "X: " + new string('x', bytes) + "\r\n\r\n",
        ["one long name"] = static bytes => NoContent + new string('x', bytes) + ": x\r\n\r\n",
        ["long reason"] = static bytes => "HTTP/1.1 204 " + new string('x', bytes) + "\r\n\r\n",
        ["folded header"] = static bytes => NoContent + "X: x\r\n" + Repeat(" folded\r\n", bytes) + "\r\n",
        ["repeated header"] = static bytes => NoContent + Repeat("Content-Type: a/b\r\n", bytes) + "\r\n",
        ["list of lengths"] = static bytes => "HTTP/1.1 200 OK\r\nContent-Length: 0" + Repeat(",0", bytes) + "\r\n\r\n",
        ["list of codings"] = static bytes => "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + Repeat("a,", bytes) + "chunked\r\n\r\n0\r\n\r\n",
        ["many trailers"] = static bytes => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + Repeat("X-Trailer: value\r\n", bytes) + "\r\n",
        ["bare line feeds"] = static bytes => "HTTP/1.1 204 No\n" + Repeat("X-Header: value\n", bytes) + "\n",
        ["controls everywhere"] = static bytes => NoContent + Repeat("A\u0001 :\u0001\r\u0001\0\n", bytes) + "\r\n",
        ["garbage"] = static bytes => NoContent + Garbage(bytes) + "\r\n",
        ["interim responses"] = static bytes => Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", bytes) + NoContent + "\r\n",
        ["empty lines"] = static bytes => Repeat("\r\n", bytes) + NoContent + "\r\n",
    };

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>An answer of a shape, complete.</summary>
    public static byte[] Make(string shape, int bytes) => Encoding.Latin1.GetBytes(Makers[shape](bytes));

    /// <summary>Reads an answer.</summary>
    /// <returns>How many steps that took; -1 when it is not complete at its end.</returns>
    public static int Read(byte[] answer)
    {
        var parser = new ResponseParser("GET", NoLimits);
        var offset = 0;
        var steps = 0;
        var step = ResponseStep.NeedMore;
        while (offset < answer.Length && step is not (ResponseStep.End or ResponseStep.Wrong))
        {
            var end = Math.Min(offset + Packet, answer.Length);
            do
            {
                step = parser.Next(answer, ref offset, end);
                steps++;
            }
            while (step is ResponseStep.Head or ResponseStep.InterimHead or ResponseStep.Body);
        }
        return step == ResponseStep.End || parser.Close() == ResponseStep.End ? steps : -1;
    }

    private static string Chunked(string chunks) => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n";

    private static string Repeat(string text, int bytes) => string.Concat(Enumerable.Repeat(text, bytes / text.Length));

    // Lines of any bytes, each after a name so that it is read on.
    private static string Garbage(int bytes)
    {
        var random = new Random(1);
        var text = new StringBuilder(bytes + 200);
        while (text.Length < bytes)
        {
            text.Append("X:");
            for (var i = 0; i < 100; i++)
                text.Append((char)random.Next(256) is var c and not '\n' ? c : ' ');
            text.Append('\n');
        }
        return text.ToString();
    }
}
