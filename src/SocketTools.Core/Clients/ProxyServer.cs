using System;

namespace SocketTools;

/// <summary>A proxy: how it is spoken to, and where it is.</summary>
public sealed class ProxyServer
{
    private const int SocksPort = 1080;

    private readonly string _text;

    private ProxyServer(HostTarget target, bool isSocks, bool resolvesNames, string text)
    {
        Target = target;
        IsSocks = isSocks;
        ResolvesNames = resolvesNames;
        _text = text;
    }

    /// <summary>The proxy's host and port.</summary>
    public HostTarget Target { get; }

    /// <summary>Whether it speaks SOCKS5 (RFC 1928), or else HTTP CONNECT (RFC 9110 section 9.3.6).</summary>
    public bool IsSocks { get; }

    /// <summary>Whether it looks names up; else this side does.</summary>
    public bool ResolvesNames { get; }

    internal string? UserName { get; private init; }

    internal string? Password { get; private init; }

    /// <summary>Reads a proxy's URL: socks5 (this side looks names up), socks5h (the proxy does) or http.</summary>
    /// <exception cref="FormatException">It is none; the message says what is.</exception>
    public static ProxyServer Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("socks5" or "socks5h" or "http") || url.Host.Length == 0)
            throw new FormatException($"'{text}' is not a proxy: give socks5://host:1080, socks5h://host:1080 (the proxy looks names up) or http://host:3128.");
        if (url.UserInfo.Length > 0)
            throw new FormatException("User and password of a proxy are given with -ProxyCredential, not in the URL.");
        var target = new HostTarget(url.DnsSafeHost, url.Port > 0 ? url.Port : SocksPort);
        return new ProxyServer(target, url.Scheme != "http", url.Scheme != "socks5", text);
    }

    /// <summary>The URL.</summary>
    public override string ToString() => _text;

    internal ProxyServer For(string? userName, string? password) =>
        new(Target, IsSocks, ResolvesNames, _text) { UserName = userName, Password = password };
}
