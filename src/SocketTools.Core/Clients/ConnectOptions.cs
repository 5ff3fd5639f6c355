using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>What to connect to, and how.</summary>
internal sealed record ConnectOptions
{
    /// <summary>How long connecting, sending and receiving may take unless something else is asked for, in milliseconds.</summary>
    public const int DefaultTimeoutMilliseconds = 10000;

    /// <summary>The host and its port; null for a Unix socket, and for a UDP socket without a peer.</summary>
    public HostTarget? Target { get; init; }

    /// <summary>The path of a Unix socket.</summary>
    public string? UnixPath { get; init; }

    /// <summary>Tcp for a stream, Udp for datagrams.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;

    /// <summary>The only address family to use, or <see cref="AddressFamily.Unspecified"/>.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>The socket's options.</summary>
    public SocketSetup Setup { get; init; } = new();

    /// <summary>Whether datagrams may go to all of a network.</summary>
    public bool Broadcast { get; init; }

    /// <summary>A group of which datagrams are taken.</summary>
    public IPAddress? MulticastGroup { get; init; }

    /// <summary>TLS from the start, or after <see cref="StartTls"/>; none when null.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>How the protocol is asked to go on with TLS; null when it is not.</summary>
    public StartTlsProtocol? StartTls { get; init; }

    /// <summary>The proxy to go through; none when null.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>How long everything may take; also the connection's own time-out afterwards.</summary>
    public int TimeoutMilliseconds { get; init; } = DefaultTimeoutMilliseconds;

    /// <summary>How many bytes the transcript keeps; none when null.</summary>
    public int? TranscriptBytes { get; init; }
}
