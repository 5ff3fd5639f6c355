using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>A response of an HTTP server.</summary>
internal sealed record HttpAnswer
{
    private static readonly Dictionary<int, string> Phrases = new()
    {
        [200] = "OK",
        [201] = "Created",
        [202] = "Accepted",
        [204] = "No Content",
        [206] = "Partial Content",
        [301] = "Moved Permanently",
        [302] = "Found",
        [303] = "See Other",
        [304] = "Not Modified",
        [307] = "Temporary Redirect",
        [308] = "Permanent Redirect",
        [400] = "Bad Request",
        [401] = "Unauthorized",
        [403] = "Forbidden",
        [404] = "Not Found",
        [405] = "Method Not Allowed",
        [408] = "Request Timeout",
        [409] = "Conflict",
        [410] = "Gone",
        [413] = "Content Too Large",
        [418] = "I'm a teapot",
        [429] = "Too Many Requests",
        [431] = "Request Header Fields Too Large",
        [500] = "Internal Server Error",
        [501] = "Not Implemented",
        [502] = "Bad Gateway",
        [503] = "Service Unavailable",
        [504] = "Gateway Timeout",
    };

    /// <summary>The status code.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Headers beside those that say how long the body is and whether the connection stays.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>A plain text.</summary>
    public static HttpAnswer Text(string text, int status = 200) => new()
    {
        Status = status,
        Headers = [new("Content-Type", "text/plain; charset=utf-8")],
        Body = Encoding.UTF8.GetBytes(text),
    };

    /// <summary>The response as bytes (RFC 9112 section 4).</summary>
    /// <param name="isHead">Whether only the head is wanted.</param>
    /// <param name="ends">Whether the connection ends with it.</param>
    public byte[] ToBytes(bool isHead, bool ends)
    {
        // RFC 9110 sections 15.2 and 15.3.5: these have no body, nor a length of one.
        var hasBody = Status >= 200 && Status is not (204 or 304);
        var head = new StringBuilder();
        head.Append("HTTP/1.1 ").Append(Status.ToString(CultureInfo.InvariantCulture)).Append(' ')
            .Append(Phrases.TryGetValue(Status, out var phrase) ? phrase : "").Append("\r\n");
        foreach (var header in Headers)
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        if (hasBody && !Headers.Any(static header => Is(header.Key, "Content-Length") || Is(header.Key, "Transfer-Encoding")))
            head.Append("Content-Length: ").Append(Body.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        if (ends && !Headers.Any(static header => Is(header.Key, "Connection")))
            head.Append("Connection: close\r\n");
        head.Append("\r\n");
        var bytes = Encoding.UTF8.GetBytes(head.ToString());
        return hasBody && !isHead ? [.. bytes, .. Body] : bytes;
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
