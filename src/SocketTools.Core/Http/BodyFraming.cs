using System.Linq;

namespace SocketTools;

/// <summary>How the end of a body is told, by the rules of RFC 9112 section 6.3 in their order.</summary>
internal readonly struct BodyFraming
{
    private BodyFraming(FramingKind kind, long length = 0)
    {
        Kind = kind;
        Length = length;
    }

    public enum FramingKind
    {
        None,
        Length,
        Chunked,
        UntilClose,
    }

    public FramingKind Kind { get; }

    /// <summary>The promised bytes, when the kind is length.</summary>
    public long Length { get; }

    /// <summary>The framing of the response to a method.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="head">The final head.</param>
    /// <param name="framing">The answer.</param>
    /// <param name="wrong">The header that leaves the length unknown, or null.</param>
    public static bool TryDecide(string method, HttpResponseHead head, out BodyFraming framing, out HttpHeader? wrong)
    {
        wrong = null;
        if (HasNoBody(method, head.StatusCode))
            framing = new BodyFraming(FramingKind.None);
        else if (head.Headers["Transfer-Encoding"] is { } codings)
            framing = new BodyFraming(IsChunkedLast(codings) ? FramingKind.Chunked : FramingKind.UntilClose);
        else if (head.Headers.Contains("Content-Length"))
            return TryGetLength(head.Headers, out framing, out wrong);
        else
            framing = new BodyFraming(FramingKind.UntilClose);
        return true;
    }

    private static bool HasNoBody(string method, int status) =>
        method == "HEAD" || status is (>= 100 and < 200) or 204 or 304 || (method == "CONNECT" && status is >= 200 and < 300);

    private static bool IsChunkedLast(string[] codings)
    {
        var last = codings[codings.Length - 1].Split(',').Last().Trim(' ', '\t');
        return HttpSyntax.SameName(last, "chunked");
    }

    // Several equal lengths, in one field or in many, count as one (RFC 9110 section 8.6).
    private static bool TryGetLength(RawHttpHeaders headers, out BodyFraming framing, out HttpHeader? wrong)
    {
        long? length = null;
        framing = default;
        foreach (var header in headers.Where(static h => HttpSyntax.SameName(h.Name, "Content-Length")))
        {
            wrong = header;
            foreach (var part in header.Value.Split(','))
            {
                if (!TryParseLength(part.Trim(' ', '\t'), out var value) || (length ?? value) != value)
                    return false;
                length = value;
            }
        }
        wrong = null;
        framing = new BodyFraming(FramingKind.Length, length!.Value);
        return true;
    }

    private static bool TryParseLength(string digits, out long value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (c is < '0' or > '9' || value > (long.MaxValue - 9) / 10)
                return false;
            value = (value * 10) + (c - '0');
        }
        return digits.Length > 0;
    }
}
