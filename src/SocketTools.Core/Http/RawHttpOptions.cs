using System.Net.Sockets;

namespace SocketTools;

/// <summary>How a request is sent and how much of an answer is taken.</summary>
internal sealed class RawHttpOptions
{
    public const int DefaultTimeoutMilliseconds = 10_000;
    public const int DefaultMaximumBytes = 16 * 1024 * 1024;

    /// <summary>The longest array there is.</summary>
    public const int LargestMaximumBytes = 0x7FFFFFC7;

    /// <summary>For everything: name, connection, TLS, request and answer.</summary>
    public int TimeoutMilliseconds { get; init; } = DefaultTimeoutMilliseconds;

    /// <summary>The most bytes of body to take.</summary>
    public int MaximumBytes { get; init; } = DefaultMaximumBytes;

    /// <summary>The only address family to use, or <see cref="AddressFamily.Unspecified"/>.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    public bool SkipCertificateCheck { get; init; }
}
