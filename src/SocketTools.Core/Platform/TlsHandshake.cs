using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
#if NET
using System;
using System.Security.Cryptography;
#endif

namespace SocketTools;

/// <summary>What of TLS the two targets have under different names, or one has only.</summary>
internal static class TlsHandshake
{
#if NET
    /// <summary>Whether protocols can be offered (ALPN).</summary>
    public const bool HasApplicationProtocols = true;
#else
    /// <summary>Whether protocols can be offered (ALPN).</summary>
    public const bool HasApplicationProtocols = false;
#endif

    /// <summary>Runs the handshake on this thread.</summary>
    /// <param name="stream">TLS that has not begun.</param>
    /// <param name="serverName">The name that the server is told, and must have.</param>
    /// <param name="certificate">What this side shows when it is asked.</param>
    /// <param name="protocols">What to offer (ALPN).</param>
    /// <param name="versions">The versions to offer.</param>
    /// <param name="isLook">Whether the stream is opened to look at the server alone: a whole handshake then, without anything of an
    /// earlier one.</param>
    public static void Run(
        SslStream stream, string serverName, X509Certificate2? certificate, IReadOnlyList<string> protocols, SslProtocols versions, bool isLook)
    {
        var certificates = certificate is null ? null : new X509CertificateCollection { certificate };
#if NET
        using var chain = CertificateChains.Of([], [], checkRevocation: false, TimeSpan.Zero);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            ClientCertificates = certificates,
            EnabledSslProtocols = versions,
            CertificateChainPolicy = chain.ChainPolicy,
            AllowTlsResume = !isLook,
        };
        if (protocols.Count > 0)
        {
            options.ApplicationProtocols = [];
            foreach (var protocol in protocols)
                options.ApplicationProtocols.Add(new SslApplicationProtocol(protocol));
        }
        stream.AuthenticateAsClient(options);
#else
        stream.AuthenticateAsClient(serverName, certificates, versions, checkCertificateRevocation: false);
#endif
    }

    /// <summary>The protocol that both chose (ALPN); null when there is none.</summary>
    public static string? ProtocolOf(SslStream stream)
    {
#if NET
        var name = stream.NegotiatedApplicationProtocol.ToString();
        return name.Length == 0 ? null : name;
#else
        return null;
#endif
    }

    /// <summary>Tells the peer that this side has said all (close_notify, RFC 8446 section 6.1), where the runtime can.</summary>
    /// <exception cref="IOException">It cannot be told, any more or yet: TLS has failed, or is still sending.</exception>
    public static void EndSending(SslStream stream)
    {
#if NET
        try
        {
            stream.ShutdownAsync().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is CryptographicException or NotSupportedException or InvalidOperationException && error is not ObjectDisposedException)
        {
            throw new IOException(error.Message, error);
        }
#endif
    }
}
