using System;
using System.Globalization;
using System.Text;

namespace SocketTools;

/// <summary>Reads the URL of a request.</summary>
internal static class HttpUrl
{
    private const string Accepted =
        "Give an http or https URL (https://web1/health), or a host with a port and path (web1:8080/health), which is read as http.";

    private static readonly char[] EndOfHost = ['/', '?', '#'];

    // Who watches a page asks for it again and again.
    private static Uri? _last;

    /// <summary>The URL in a text; one without a scheme is an http URL.</summary>
    /// <exception cref="FormatException">It is none; the message says what is.</exception>
    public static Uri Parse(string text) => _last is { } last && last.OriginalString == text ? last : _last = Read(text);

    private static Uri Read(string written)
    {
        var text = WithPlainZone(written.Trim(' '));
        foreach (var c in text)
        {
            if (char.IsControl(c))
                throw Refused(text, $"it holds {HttpSyntax.Name(c)}");
        }
        if (text.Trim().Length == 0)
            throw Refused(text, "it is blank");
        var url = HasScheme(text) ? text : "http://" + text;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Refused(text, "it is not a URL with a host");
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw Refused(text, $"'{uri.Scheme}' is not http or https");
        if (url.IndexOf('@') >= 0 && uri.UserInfo.Length > 0)
            throw Refused(text, "user and password do not go into a request (RFC 9110 section 4.2.4); send an Authorization header");
        return uri.Port > 0 ? uri : throw Refused(text, "port 0 cannot be connected to");
    }

    /// <summary>A URL of the same server with what a request line asks for, as it is sent; parsed again it asks for the same.</summary>
    public static string Join(Uri uri, string target)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.DnsSafeHost}]" : uri.Host;
        return $"{uri.Scheme}://{host}{(uri.IsDefaultPort ? "" : ":" + uri.Port.ToString(CultureInfo.InvariantCulture))}{target}";
    }

    /// <summary>The host as a name server and a TLS server know it: punycode for international names (RFC 5890),
    /// no brackets around IPv6.</summary>
    public static string HostOf(Uri uri) =>
        uri.HostNameType == UriHostNameType.IPv6 ? uri.DnsSafeHost : uri.IdnHost;

    /// <summary>The value of the Host header (RFC 9112 section 3.2): the port when it is not the scheme's own, IPv6 in
    /// brackets and without its zone, which means nothing to the peer.</summary>
    public static string HostHeaderOf(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }

    /// <summary>What the request line asks for (RFC 9112 section 3.2.1): path and query as they were written, dots and
    /// escapes among them; only what a line cannot hold, blanks and other characters than ASCII, is escaped.</summary>
    public static string TargetOf(Uri uri)
    {
        var text = uri.OriginalString;
        var start = text.IndexOfAny(EndOfHost, text.IndexOf("://", StringComparison.Ordinal) + 3);
        if (start < 0)
            return "/";
        var end = text.IndexOf('#', start);
        var written = text.Substring(start, (end < 0 ? text.Length : end) - start);
        return (text[start] == '/' ? "" : "/") + (HttpSyntax.Visible.EndOfRun(written, 0, written.Length) == written.Length ? written : Escaped(written));
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            if (HttpSyntax.Visible.Has((char)part))
                escaped.Append((char)part);
            else
                escaped.Append('%').Append(part.ToString("X2", CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }

    private static bool HasScheme(string text)
    {
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        return mark >= 0 && text.IndexOfAny(EndOfHost) == mark + 1;
    }

    // The zone of an address (RFC 6874), whose mark is escaped in a URL.
    private static string WithPlainZone(string text)
    {
        var host = HasScheme(text) ? text.IndexOf("://", StringComparison.Ordinal) + 3 : 0;
        var end = text.IndexOf(']', host);
        if (end < 0 || text[host] != '[')
            return text;
        var mark = text.IndexOf("%25", host, end - host, StringComparison.Ordinal);
        return mark < 0 ? text : text.Remove(mark + 1, 2);
    }

    private static FormatException Refused(string text, string why) =>
        new($"'{PrintableText.Excerpt(text)}' is not a URL to request: {why}. {Accepted}");
}
