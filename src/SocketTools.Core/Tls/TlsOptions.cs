using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>What a TLS client shows and asks for.</summary>
internal sealed record TlsOptions
{
    /// <summary>The name that the peer's certificate must have, and that it is told (SNI, RFC 6066 section 3).</summary>
    public string ServerName { get; init; } = "";

    /// <summary>Takes any certificate.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Whether the connection is made to look at the server's TLS alone: any certificate is taken then, and nothing is
    /// resumed.</summary>
    public bool IsLook { get; init; }

    /// <summary>What this side shows when it is asked; nothing when null.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The protocols to offer, the best first (ALPN, RFC 7301).</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>The only versions to offer; those that the system thinks best when empty.</summary>
    public IReadOnlyList<TlsVersion> Versions { get; init; } = [];

    /// <summary>The only roots that are trusted by who looks at a chain; the system's when empty.</summary>
    public IReadOnlyList<X509Certificate2> TrustedRoots { get; init; } = [];

    /// <summary>Whether who looks at a chain asks the authorities what they have revoked.</summary>
    public bool CheckRevocation { get; init; }
}
