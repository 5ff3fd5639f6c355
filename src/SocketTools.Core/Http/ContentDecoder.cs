using System;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace SocketTools;

/// <summary>Undoes the codings of a body's content (RFC 9110 section 8.4.1).</summary>
internal static class ContentDecoder
{
    private const int ZlibMethod = 8;

    // A server needs one, seldom two; thousands would fill the memory and the stack.
    private const int MostCodings = 5;

    /// <summary>The body without its codings.</summary>
    /// <param name="head">The response's head.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="NotSupportedException">A coding is not one of those that can be undone, and is named, or there are too many.</exception>
    public static Stream Decode(HttpResponseHead head, BodyStream body)
    {
        // Those for the way were done last (RFC 9112 section 6.1).
        var codings = (head.Headers["Content-Encoding"] ?? []).Concat(head.Headers[TransferCodings.HeaderName] ?? []).SelectMany(ListItem.Of)
            .Where(static coding => coding.Length > 0 && !coding.Is("identity") && !coding.Is(TransferCodings.Chunked)).Take(MostCodings + 1).Select(static coding => coding.ToString()).ToList();
        if (codings.Count > MostCodings)
            throw new NotSupportedException($"it was coded more than {MostCodings} times");
        codings.Reverse();
        return codings.Aggregate((Stream)body, (stream, coding) => Undo(coding, stream, body));
    }

    private static CodedBody Undo(string coding, Stream stream, BodyStream body) => coding.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new CodedBody(coding, stream, static coded => new GZipStream(coded, CompressionMode.Decompress)),
        "deflate" => new CodedBody(coding, stream, coded => IsZlib(stream, body) ? Zlib.Open(coded) : new DeflateStream(coded, CompressionMode.Decompress)),
        "br" => new CodedBody(coding, stream, Brotli.Open),
        _ => throw new NotSupportedException($"'{PrintableText.Excerpt(coding)}' is not gzip, deflate or br"),
    };

    // Some servers send the bare format (RFC 1951) where zlib's is meant (RFC 1950).
    private static bool IsZlib(Stream stream, BodyStream body) =>
        stream != body || (body.Peek(2) is [var method, var flags] && (method & 0xF) == ZlibMethod && ((method << 8) | flags) % 31 == 0);
}
