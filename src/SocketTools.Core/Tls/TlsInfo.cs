using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>What a server showed in a TLS handshake, and whether this computer trusts it.</summary>
public sealed class TlsInfo
{
    internal TlsInfo(TlsSession session, string computerName, string address, int port, TimeSpan time)
    {
        ComputerName = computerName;
        Address = address;
        Port = port;
        ServerName = session.ServerName;
        Protocol = session.Version;
        CipherSuite = session.Flight?.CipherSuite is { } suite ? CipherSuites.NameOf(suite) : null;
        KeyExchangeGroup = session.Flight?.KeyExchangeGroup;
        ApplicationProtocol = session.ApplicationProtocol;
        ClientCertificateRequested = session.AsksForCertificate || session.Flight is { AsksForCertificate: true };
        HandshakeMs = session.HandshakeMs;
        SentCertificates = [.. session.Certificates.Select(static raw => new X509Certificate2(raw))];
        RevocationChecked = session.Options.CheckRevocation;
        Source = ThisComputer.Name;
        Timestamp = DateTime.UtcNow;

        var trust = new ServerTrust(SentCertificates, session.Options, time);
        NameMatches = trust.NameMatches;
        Chain = trust.Chain;
        Faults = trust.Faults;
        ChainErrors = trust.Sentences;
        Trusted = Faults.Length == 0;
        if (SentCertificates.Length == 0)
            return;
        var certificate = Certificate = SentCertificates[0];
        Subject = certificate.Subject;
        Issuer = certificate.Issuer;
        SubjectAlternativeNames = [.. new CertificateNames(certificate).All];
        NotBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
        DaysLeft = (int)Math.Floor((NotAfter.Value - Timestamp).TotalDays);
        KeyAlgorithm = CertificateKey.AlgorithmOf(certificate);
        KeySize = CertificateKey.SizeOf(certificate);
        SignatureAlgorithm = CertificateKey.SignatureOf(certificate);
        SerialNumber = certificate.SerialNumber;
        Thumbprint = certificate.Thumbprint;
        using var sha256 = SHA256.Create();
        Sha256Thumbprint = string.Concat(sha256.ComputeHash(certificate.RawData).Select(static b => b.ToString("X2", CultureInfo.InvariantCulture)));
    }

    /// <summary>The host, as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was connected to, as text; the proxy's when there is one.</summary>
    public string Address { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The name that the server was told (SNI), and that its certificate must have.</summary>
    public string ServerName { get; }

    /// <summary>The version that both sides chose; null when the handshake failed.</summary>
    public TlsVersion? Protocol { get; }

    /// <summary>The cipher suite, by the name that IANA gives it.</summary>
    public string? CipherSuite { get; }

    /// <summary>The group in which the keys were exchanged, such as <c>x25519</c>; null when the key exchange has none.</summary>
    public string? KeyExchangeGroup { get; }

    /// <summary>The protocol that both sides chose (ALPN); null when there is none.</summary>
    public string? ApplicationProtocol { get; }

    /// <summary>Whether the server asked for a client certificate.</summary>
    public bool ClientCertificateRequested { get; }

    /// <summary>How long the handshake took, in milliseconds, without the connection before it.</summary>
    public double HandshakeMs { get; }

    /// <summary>Whether this computer trusts the certificate for <see cref="ServerName"/>.</summary>
    public bool Trusted { get; }

    /// <summary>Whether the certificate is for <see cref="ServerName"/> (RFC 9525).</summary>
    public bool NameMatches { get; }

    /// <summary>What is wrong with the certificate and its chain; empty when it is trusted.</summary>
    public CertificateFault[] Faults { get; }

    /// <summary>The same in words, a sentence each.</summary>
    public string[] ChainErrors { get; }

    /// <summary>Whether the authorities were asked what they have revoked.</summary>
    public bool RevocationChecked { get; }

    /// <summary>Whom the certificate is for.</summary>
    public string Subject { get; } = "";

    /// <summary>Who issued it.</summary>
    public string Issuer { get; } = "";

    /// <summary>The names and addresses that it is for.</summary>
    public string[] SubjectAlternativeNames { get; } = [];

    /// <summary>When its time begins, in UTC.</summary>
    public DateTime? NotBefore { get; }

    /// <summary>When its time ends, in UTC.</summary>
    public DateTime? NotAfter { get; }

    /// <summary>How many whole days are left of its time; negative when it is over.</summary>
    public int? DaysLeft { get; }

    /// <summary>The algorithm of its key: RSA, ECDSA and others.</summary>
    public string? KeyAlgorithm { get; }

    /// <summary>The size of its key, in bits.</summary>
    public int? KeySize { get; }

    /// <summary>How its issuer signed it.</summary>
    public string? SignatureAlgorithm { get; }

    /// <summary>Its number at its issuer, as hexadecimal digits.</summary>
    public string? SerialNumber { get; }

    /// <summary>The SHA-1 of it, by which the certificate drive finds it.</summary>
    public string? Thumbprint { get; }

    /// <summary>The SHA-256 of it.</summary>
    public string? Sha256Thumbprint { get; }

    /// <summary>The server's certificate.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The chain as this computer built it: the server's certificate, its issuer, and so on.</summary>
    public X509Certificate2[] Chain { get; }

    /// <summary>The subjects in <see cref="Chain"/>.</summary>
    public string[] ChainSubjects => [.. Chain.Select(static certificate => certificate.Subject)];

    /// <summary>What the server itself sent, its own certificate the first.</summary>
    public X509Certificate2[] SentCertificates { get; }

    /// <summary>The subjects in <see cref="SentCertificates"/>.</summary>
    public string[] SentSubjects => [.. SentCertificates.Select(static certificate => certificate.Subject)];

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the handshake had ended, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The end point, the version and the verdict.</summary>
    public override string ToString()
    {
        var version = Protocol?.ToString() ?? "no handshake";
        return $"{HostTarget.Join(ComputerName, Port)} {version}, {(Trusted ? "trusted" : string.Join(", ", Faults))}";
    }
}
