using System;
#if NET
using System.Net;
#endif
using System.Net.Security;
using System.Net.Sockets;
#if NET
using System.Security.Cryptography;
#endif
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>The server's side of TLS, where the two targets differ.</summary>
internal static class ServerTls
{
#if NET
    /// <summary>Whether a certificate can be made on the spot.</summary>
    public const bool MakesCertificates = true;

    /// <summary>Whether a read of no bytes waits until there are some, so that who waits needs no buffer.</summary>
    public static bool WaitsWithoutBuffer => true;

    /// <summary>A self-signed certificate for this computer's loopback names and addresses, and others, with its key.</summary>
    public static X509Certificate2 MakeCertificate(string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + (names.Length == 0 ? "localhost" : names[0]), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])["localhost", "127.0.0.1", "::1", .. names])
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        request.CertificateExtensions.Add(alternatives.Build());
        // A root of its own, so that a client can trust this certificate and no other.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false)); // server authentication
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        // A key that exists in memory only is not taken by every system's TLS.
#pragma warning disable SYSLIB0057 // What replaces it is not in .NET 8.
        return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12), (string?)null, X509KeyStorageFlags.Exportable);
#pragma warning restore SYSLIB0057
    }

    /// <summary>Tells the client that this side has said all (close_notify).</summary>
    public static Task EndSendingAsync(SslStream stream) => stream.ShutdownAsync();
#else
    /// <summary>Whether a certificate can be made on the spot.</summary>
    public const bool MakesCertificates = false;

    /// <summary>Whether a read of no bytes waits until there are some, so that who waits needs no buffer.</summary>
    public static bool WaitsWithoutBuffer => false;

    /// <summary>A self-signed certificate for this computer's loopback names and addresses, and others, with its key.</summary>
    public static X509Certificate2 MakeCertificate(string[] names) =>
        throw new PlatformNotSupportedException("Making a certificate needs PowerShell 7.4 or later: give one with -Certificate.");

    /// <summary>Tells the client that this side has said all (close_notify).</summary>
    public static Task EndSendingAsync(SslStream stream) => Task.CompletedTask;
#endif

    /// <summary>A certificate without its key, to be given to clients.</summary>
    public static X509Certificate2 PublicPartOf(X509Certificate2 certificate) =>
#pragma warning disable SYSLIB0057
        new(certificate.Export(X509ContentType.Cert));
#pragma warning restore SYSLIB0057

    /// <summary>Lets a listener of IPv6 take IPv4 clients, too.</summary>
    public static void ServeBothFamilies(Socket listener, bool both)
    {
        if (listener.AddressFamily == AddressFamily.InterNetworkV6)
            listener.DualMode = both;
    }
}
