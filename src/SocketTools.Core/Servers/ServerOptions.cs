using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>Where a server listens, and how it serves.</summary>
internal sealed record ServerOptions
{
    /// <summary>What it does with its clients.</summary>
    public ServerHandler Handler { get; init; } = new EchoHandler();

    /// <summary>The addresses to listen on; none for a Unix socket.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback];

    /// <summary>The port, the same for all addresses and protocols; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The protocols.</summary>
    public IReadOnlyList<TransportProtocol> Protocols { get; init; } = [TransportProtocol.Tcp];

    /// <summary>The path of a Unix socket to listen on, instead of addresses.</summary>
    public string? UnixPath { get; init; }

    /// <summary>How many connections may wait to be accepted.</summary>
    public int Backlog { get; init; } = 512;

    /// <summary>How many connections may be open; others are reset at once.</summary>
    public int MaximumConnections { get; init; } = int.MaxValue;

    /// <summary>How long a connection may be idle, in seconds; for ever when 0.</summary>
    public int IdleTimeoutSeconds { get; init; }

    /// <summary>The certificate, with its key, for TLS; none without.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>How many bytes each connection's transcript keeps; none when null.</summary>
    public int? TranscriptBytes { get; init; }

    /// <summary>What goes wrong on the way from the clients.</summary>
    public SocketFaults FaultsIn { get; init; } = SocketFaults.None;

    /// <summary>What goes wrong on the way to the clients.</summary>
    public SocketFaults FaultsOut { get; init; } = SocketFaults.None;

    /// <summary>How connections are served.</summary>
    public ServerEngine Engine { get; init; }
}
