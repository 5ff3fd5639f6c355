using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>One request in its parts, and the exact bytes that they make (RFC 9112 section 3).</summary>
internal sealed class RawHttpRequest
{
    private static readonly Version Version10 = new(1, 0);
    private static readonly Version Version11 = new(1, 1);

    /// <param name="uri">From <see cref="HttpUrl.Parse"/>.</param>
    public RawHttpRequest(Uri uri) => Uri = uri;

    public Uri Uri { get; }

    /// <summary>Any token, in the case in which it is sent: methods are case-sensitive.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>1.0 or 1.1.</summary>
    public Version HttpVersion { get; init; } = Version11;

    /// <summary>Sent in this order; one of the same name takes the place of a default one.</summary>
    public IReadOnlyList<HttpHeader> Headers { get; init; } = [];

    /// <summary>Sent as it is; null when there is none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Whether Host, Connection and the length of a body are added where the headers do not have them.</summary>
    public bool HasDefaultHeaders { get; init; } = true;

    /// <summary>The bytes to send.</summary>
    /// <exception cref="FormatException">A part would break out of its line; the message says what is taken.</exception>
    public byte[] ToBytes()
    {
        var head = new StringBuilder();
        head.Append(HttpSyntax.CheckToken(Method, "a method")).Append(' ').Append(HttpUrl.TargetOf(Uri)).Append(" HTTP/").Append(VersionText()).Append("\r\n");
        foreach (var header in DefaultHeaders().Concat(Headers))
        {
            head.Append(HttpSyntax.CheckToken(header.Name, "a header's name")).Append(": ")
                .Append(HttpSyntax.CheckValue(header.Name, header.Value)).Append("\r\n");
        }
        head.Append("\r\n");
        var body = Body ?? [];
        var bytes = new byte[head.Length + body.Length];
        HttpSyntax.Latin1.GetBytes(head.ToString(), 0, head.Length, bytes, 0);
        Buffer.BlockCopy(body, 0, bytes, head.Length, body.Length);
        return bytes;
    }

    private IEnumerable<HttpHeader> DefaultHeaders()
    {
        if (!HasDefaultHeaders)
            yield break;
        if (!Has("Host"))
            yield return new HttpHeader("Host", HttpUrl.HostHeaderOf(Uri));
        if (!Has("Connection"))
            yield return new HttpHeader("Connection", "close");
        // Without a length the peer could not tell where the body ends (RFC 9112 section 6.3).
        if (Body is { } body && !Has("Content-Length") && !Has("Transfer-Encoding"))
            yield return new HttpHeader("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
    }

    private bool Has(string name) => Headers.Any(h => HttpSyntax.SameName(h.Name, name));

    private string VersionText() => HttpVersion == Version11 || HttpVersion == Version10
        ? HttpVersion.ToString(2)
        : throw new FormatException($"HTTP version {HttpVersion} cannot be written in lines: give 1.0 or 1.1.");
}
