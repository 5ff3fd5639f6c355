namespace SocketTools;

/// <summary>Reads what the body was coded with for its way (RFC 9112 section 6.1).</summary>
internal static class TransferCodings
{
    public const string HeaderName = "Transfer-Encoding";

    public const string Chunked = "chunked";

    private static readonly string[] Known = ["gzip", "x-gzip", "deflate", "compress", "x-compress"];

    /// <summary>Reads the codings.</summary>
    /// <param name="head">The head.</param>
    /// <param name="notes">Where deviations are noted.</param>
    /// <param name="isChunked">Whether the last of them is chunked.</param>
    /// <returns>Whether the header is there.</returns>
    public static bool TryRead(HttpResponseHead head, HeadNotes notes, out bool isChunked)
    {
        isChunked = false;
        if (!head.Headers.Contains(HeaderName))
            return false;
        HttpHeader? last = null;
        var timesChunked = 0;
        for (var i = 0; (i = head.Headers.IndexOf(HeaderName, i)) >= 0; i++)
        {
            var header = last = head.Headers[i];
            foreach (var coding in ListItem.Of(header.Value))
            {
                if (coding.Length == 0)
                {
                    notes.Add(HttpRules.EmptyListElement, header);
                    continue;
                }
                isChunked = coding.Is(Chunked);
                if (isChunked && ++timesChunked == 2)
                    notes.Add(HttpRules.RepeatedChunked, header);
                if (!isChunked && !IsKnown(coding))
                    notes.Add(HttpRules.UnknownTransferCoding, header);
            }
        }
        if (!isChunked)
            notes.Add(HttpRules.ChunkedNotLast, last!);
        if (head.HttpVersion == "1.0")
            notes.Add(HttpRules.TransferEncodingInHttp10, last!);
        return true;
    }

    private static bool IsKnown(ListItem coding)
    {
        var name = coding.BeforeParameters();
        foreach (var known in Known)
        {
            if (name.Is(known))
                return true;
        }
        return false;
    }
}
