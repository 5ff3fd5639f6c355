using System;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Tests;

/// <summary>A TLS server on loopback that shakes hands and waits until the client has had enough.</summary>
internal static class TlsPeer
{
    /// <summary>A server with a certificate.</summary>
    /// <param name="certificate">Its own.</param>
    /// <param name="others">What it sends besides.</param>
    /// <param name="versions">What it speaks; what the system thinks best when null.</param>
    /// <param name="wantsCertificate">Whether it demands one of the client.</param>
    /// <param name="protocols">What it speaks over TLS (ALPN).</param>
    public static ScriptedPeer Start(
        X509Certificate2 certificate, X509Certificate2[]? others = null, SslProtocols versions = SslProtocols.None, bool wantsCertificate = false, params string[] protocols) =>
        Start(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. others ?? []], offline: true),
            EnabledSslProtocols = versions,
            ClientCertificateRequired = wantsCertificate,
            RemoteCertificateValidationCallback = wantsCertificate ? static (_, shown, _, _) => shown is not null : null,
            ApplicationProtocols = protocols.Length == 0 ? null : [.. Array.ConvertAll(protocols, static name => new SslApplicationProtocol(name))],
        });

    private static ScriptedPeer Start(SslServerAuthenticationOptions options) => ScriptedPeer.Start(async connection =>
    {
        // A handshake that fails is what some tests want; what the client saw of it is what they assert.
        if (await Record.ExceptionAsync(() => connection.SecureAsync(options)) is null)
            await connection.WaitForCloseAsync();
    });
}
