using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>Where a response sends its client (RFC 9110 section 15.4).</summary>
internal static class Redirection
{
    // What goes to another host: nothing that can hold a secret of the first, whatever its name.
    private static readonly string[] ForAnyHost =
        ["Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Encoding", "Content-Language", "Content-Length",
         "Content-Type", "Expect", "Pragma", "Range", "TE", "Transfer-Encoding", "User-Agent"];

    private static readonly string[] OfTheBody = ["Content-Length", "Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Transfer-Encoding", "Expect"];

    /// <summary>The request to make next, or null when the response sends nowhere that may be gone to.</summary>
    public static RawHttpRequest? Next(RawHttpRequest request, RawHttpResponse response) => Next(request, response.StatusCode, response.Headers);

    /// <inheritdoc cref="Next(RawHttpRequest, RawHttpResponse)"/>
    public static RawHttpRequest? Next(RawHttpRequest request, int status, RawHttpHeaders headersOfResponse)
    {
        if (status is not (301 or 302 or 303 or 307 or 308) || request.Raw is not null)
            return null;
        if (headersOfResponse["Location"] is not [var location] || !TryRead(request.TargetUri, location, out var uri))
            return null;
        // From a protected connection to an open one nothing goes on its own.
        if (request.Uri.Scheme == Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttps)
            return null;
        var becomesGet = (status == 303 && request.Method is not ("GET" or "HEAD")) || (status is 301 or 302 && request.Method == "POST");
        if (!becomesGet && request.Body is { CanRepeat: false })
            return null;
        IEnumerable<HttpHeader> headers = request.Headers;
        if (!IsSameOrigin(request.Uri, uri))
            headers = headers.Where(static header => ForAnyHost.Contains(header.Name, StringComparer.OrdinalIgnoreCase));
        if (becomesGet)
            headers = headers.Where(static header => !OfTheBody.Contains(header.Name, StringComparer.OrdinalIgnoreCase));
        return request with
        {
            Uri = uri,
            Target = null,
            Method = becomesGet ? "GET" : request.Method,
            Body = becomesGet ? null : request.Body,
            Headers = new RawHttpHeaders([.. headers]),
        };
    }

    /// <summary>Whether two URLs lead to the same server in the same way (RFC 6454 section 5).</summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    // The bytes that were sent, which a head holds as a character each: what they are in is not said, most often UTF-8.
    private static string Escaped(string location) =>
        string.Concat(location.Select(static c => c < 0x80 ? c.ToString() : $"%{(int)c:X2}"));

    private static bool TryRead(Uri from, string location, out Uri uri)
    {
        uri = from;
        try
        {
            if (!Uri.TryCreate(from, Escaped(location), out var whole))
                return false;
            uri = HttpUrl.Parse(whole.AbsoluteUri);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
