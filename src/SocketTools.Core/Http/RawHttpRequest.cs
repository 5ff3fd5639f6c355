using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>One request in its parts, or by hand, and the exact bytes that it makes (RFC 9112 section 3).</summary>
internal sealed record RawHttpRequest
{
    public static readonly Version Version10 = new(1, 0);
    public static readonly Version Version11 = new(1, 1);

    /// <param name="uri">From <see cref="HttpUrl.Parse"/>.</param>
    public RawHttpRequest(Uri uri) => Uri = uri;

    public Uri Uri { get; init; }

    /// <summary>Any token, in the case in which it is sent: methods are case-sensitive.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>What the request line asks for, as it is sent; from the URL when null.</summary>
    public string? Target { get; init; }

    /// <summary>1.0 or 1.1.</summary>
    public Version HttpVersion { get; init; } = Version11;

    /// <summary>Sent in this order; one of the same name takes the place of a default one.</summary>
    public RawHttpHeaders Headers { get; init; } = RawHttpHeaders.Empty;

    /// <summary>Sent as it is; null when there is none.</summary>
    public HttpBody? Body { get; init; }

    /// <summary>Whether Host, Connection and the length of a body are added where the headers do not have them.</summary>
    public bool HasDefaultHeaders { get; init; } = true;

    /// <summary>Whether another request follows on the same connection.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>All of it by hand, in place of the parts; null when it is made from them.</summary>
    public byte[]? Raw { get; init; }

    /// <summary>The URL of what is asked for, as it is sent: where the request line names a path of the server, with that.</summary>
    public string AskedUrl => HttpUrl.Join(Uri, Raw is null && Target is ['/', ..] ? Target : HttpUrl.TargetOf(Uri));

    /// <summary>The target URI that a relative one is relative to (RFC 9110 section 7.1), which may be all of what the request line names.</summary>
    public Uri TargetUri =>
        Target is ['h' or 'H', ..] && Uri.TryCreate(Target, UriKind.Absolute, out var whole) ? whole
        : Uri.TryCreate(AskedUrl, UriKind.Absolute, out var asked) ? asked
        : Uri;

    /// <summary>The method that the answer is read for.</summary>
    public string EffectiveMethod => Raw is null ? Method : FirstLine(Raw).Split(' ')[0];

    /// <summary>Whether the server is told that this side speaks HTTP/1.0.</summary>
    public bool IsOfHttp10 => Raw is null ? HttpVersion == Version10 : FirstLine(Raw).EndsWith(" HTTP/1.0", StringComparison.Ordinal);

    /// <summary>The protocols that it asks to change to (RFC 9110 section 7.8); null when it was made by hand.</summary>
    public IReadOnlyList<string>? AskedProtocols =>
        Raw is not null ? null : Headers["Upgrade"] is { } lists ? [.. lists.SelectMany(ListItem.Of).Select(static protocol => protocol.ToString())] : [];

    /// <summary>Whether the body waits until the server asks for it (RFC 9110 section 10.1.1).</summary>
    public bool WaitsForContinue => Raw is null && Body is not null && Headers["Expect"]?.Contains("100-continue", StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>Whether the body is sent in chunks, since nobody knows how long it will be.</summary>
    public bool SendsChunks => Raw is null && HasDefaultHeaders && Body is { Length: null } && !HasFraming;

    /// <summary>The head's bytes, or all of a request that was made by hand.</summary>
    /// <exception cref="FormatException">A part would break out of its line; the message says what is taken.</exception>
    public byte[] HeadBytes()
    {
        if (Raw is not null)
            return Raw;
        var head = new StringBuilder(256);
        head.Append(HttpSyntax.CheckToken(Method, "a method")).Append(' ')
            .Append(Target is null ? HttpUrl.TargetOf(Uri) : HttpSyntax.CheckLine(Target, "-RequestTarget")).Append(" HTTP/").Append(VersionText()).Append("\r\n");
        if (HasDefaultHeaders)
            AppendDefaultHeaders(head);
        for (var i = 0; i < Headers.Count; i++)
            Append(head, Headers[i].Name, Headers[i].Value);
        return HttpSyntax.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    // Servers skip empty lines before it (RFC 9112 section 2.2).
    private static string FirstLine(byte[] raw)
    {
        var start = 0;
        while (start < raw.Length && raw[start] is (byte)'\r' or (byte)'\n')
            start++;
        var end = Array.IndexOf(raw, (byte)'\n', start);
        return HttpSyntax.Latin1.GetString(raw, start, (end < 0 ? raw.Length : end) - start).TrimEnd('\r');
    }

    private void AppendDefaultHeaders(StringBuilder head)
    {
        if (!Headers.Contains("Host"))
            Append(head, "Host", HttpUrl.HostHeaderOf(Uri));
        if (!Headers.Contains("Connection") && (!IsFollowed || HttpVersion == Version10))
            Append(head, "Connection", IsFollowed ? "keep-alive" : "close");
        if (SendsChunks)
            Append(head, "Transfer-Encoding", "chunked");
        // Without a length the peer could not tell where the body ends (RFC 9112 section 6.3).
        else if (Body is { } body && !HasFraming)
            Append(head, "Content-Length", body.Length!.Value.ToString(CultureInfo.InvariantCulture));
    }

    private static void Append(StringBuilder head, string name, string value) =>
        head.Append(HttpSyntax.CheckToken(name, "a header's name")).Append(": ").Append(HttpSyntax.CheckValue(name, value)).Append("\r\n");

    private bool HasFraming => Headers.Contains("Content-Length") || Headers.Contains("Transfer-Encoding");

    private string VersionText()
    {
        if (HttpVersion == Version10 && SendsChunks)
            throw new FormatException("A stream that does not tell its length cannot be sent over HTTP/1.0: give bytes, a file, or a Content-Length.");
        return HttpVersion == Version11 ? "1.1"
            : HttpVersion == Version10 ? "1.0"
            : throw new FormatException($"HTTP version {HttpVersion} cannot be written in lines: give 1.0 or 1.1.");
    }
}
