namespace SocketTools;

/// <summary>How the end of a body is told, by the rules of RFC 9112 section 6.3 in their order.</summary>
internal readonly struct BodyFraming
{
    private const string ContentLength = "Content-Length";

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
    /// <param name="notes">Where deviations are noted.</param>
    /// <param name="framing">The answer.</param>
    /// <param name="wrong">The header that leaves the length unknown, or null.</param>
    public static bool TryDecide(string method, HttpResponseHead head, HeadNotes notes, out BodyFraming framing, out HttpHeader? wrong)
    {
        wrong = null;
        framing = new BodyFraming(FramingKind.UntilClose);
        var hasCodings = TransferCodings.TryRead(head, notes, out var isChunked);
        if (hasCodings && head.Headers.Find(ContentLength) is { } second)
            notes.Add(HttpRules.ContentLengthWithTransferEncoding, second);
        if (HasNoBody(method, head.StatusCode))
        {
            framing = new BodyFraming(FramingKind.None);
            CheckNoBody(method, head, notes);
        }
        else if (hasCodings)
        {
            framing = new BodyFraming(isChunked ? FramingKind.Chunked : FramingKind.UntilClose);
            if (head.Headers.Contains(ContentLength))
                TryGetLength(head.Headers, notes, out _, out _);
        }
        else if (head.Headers.Contains(ContentLength))
        {
            return TryGetLength(head.Headers, notes, out framing, out wrong);
        }
        return true;
    }

    /// <summary>Notes headers that frame a body which an interim response cannot have.</summary>
    public static void CheckInterim(HttpResponseHead head, HeadNotes notes) => CheckNoBody("", head, notes);

    private static bool HasNoBody(string method, int status) =>
        method == "HEAD" || status is (>= 100 and < 200) or 204 or 304 || IsTunnel(method, status);

    private static bool IsTunnel(string method, int status) => method == "CONNECT" && status is >= 200 and < 300;

    // HEAD and 304 tell the length that the body would have.
    private static void CheckNoBody(string method, HttpResponseHead head, HeadNotes notes)
    {
        if (head.Headers.Contains(ContentLength))
            TryGetLength(head.Headers, notes, out _, out _);
        if (head.StatusCode is not ((>= 100 and < 200) or 204) && !IsTunnel(method, head.StatusCode))
            return;
        foreach (var header in head.Headers)
        {
            if (HttpSyntax.SameName(header.Name, ContentLength) || HttpSyntax.SameName(header.Name, TransferCodings.HeaderName))
                notes.Add(HttpRules.FramingWithoutBody, header);
        }
    }

    // Several equal lengths, in one field or in many, count as one (RFC 9110 section 8.6).
    private static bool TryGetLength(RawHttpHeaders headers, HeadNotes notes, out BodyFraming framing, out HttpHeader? wrong)
    {
        long? length = null;
        framing = default;
        wrong = null;
        for (var i = 0; (i = headers.IndexOf(ContentLength, i)) >= 0; i++)
        {
            var header = wrong = headers[i];
            foreach (var item in ListItem.Of(header.Value))
            {
                if (item.Length == 0)
                {
                    notes.Add(HttpRules.EmptyListElement, header);
                    continue;
                }
                if (!TryParseLength(item, out var value))
                {
                    notes.Add(HttpRules.InvalidContentLength, header);
                    return false;
                }
                if (length is not null)
                    notes.Add(length == value ? HttpRules.RepeatedContentLength : HttpRules.DifferingContentLengths, header);
                if ((length ?? value) != value)
                    return false;
                length = value;
            }
        }
        if (length is null)
        {
            notes.Add(HttpRules.InvalidContentLength, wrong!);
            return false;
        }
        wrong = null;
        framing = new BodyFraming(FramingKind.Length, length.Value);
        return true;
    }

    private static bool TryParseLength(ListItem digits, out long value)
    {
        value = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[i];
            if (c is < '0' or > '9' || value > (long.MaxValue - (c - '0')) / 10)
                return false;
            value = (value * 10) + (c - '0');
        }
        return true;
    }
}
