using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>Where a request is sent, how, and how much of an answer is taken.</summary>
internal sealed record RawHttpOptions
{
    public const int DefaultTimeoutMilliseconds = 10_000;

    /// <summary>The longest array there is.</summary>
    public const int LargestMaximumBytes = 0x7FFFFFC7;

    /// <summary>For everything: name, connection, TLS, requests and answers.</summary>
    public int TimeoutMilliseconds { get; init; } = DefaultTimeoutMilliseconds;

    /// <summary>How much of an answer is taken.</summary>
    public HttpLimits Limits { get; init; } = HttpLimits.Default;

    /// <summary>The only address family to use, or <see cref="AddressFamily.Unspecified"/>.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    /// <summary>The host and port to connect to in place of the URL's; null for those.</summary>
    public HostTarget? ConnectTo { get; init; }

    /// <summary>The path of a Unix socket to connect to; null for the network.</summary>
    public string? UnixPath { get; init; }

    /// <summary>The proxy to go through; none when null.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>The name that a TLS server is told and must have; the URL's host when null.</summary>
    public string? ServerName { get; init; }

    public bool SkipCertificateCheck { get; init; }

    /// <summary>What this side shows when it is asked; nothing when null.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>How many redirections are followed.</summary>
    public int MaximumRedirection { get; init; }

    /// <summary>Whether the codings of the content are undone.</summary>
    public bool Decompress { get; init; }

    /// <summary>The file that the body goes to; null for memory.</summary>
    public string? OutFile { get; init; }

    /// <summary>Whether an answer that redirects is followed: its body goes to no file.</summary>
    public bool IsFollowing { get; init; }

    /// <summary>How long to read on after the end of the last answer, in milliseconds.</summary>
    public int LingerMilliseconds { get; init; }
}
