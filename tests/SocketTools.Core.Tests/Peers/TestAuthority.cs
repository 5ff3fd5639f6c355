using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Tests;

/// <summary>A certificate authority that nobody trusts, made on the spot: a root, an intermediate, and the certificates of servers.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public TestAuthority()
    {
        var now = DateTimeOffset.UtcNow;
        var root = Request("CN=Test Root", _rootKey);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Root = root.CreateSelfSigned(now.AddYears(-2), now.AddYears(2));
        var intermediate = Request("CN=Test Intermediate", _intermediateKey);
        intermediate.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        intermediate.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var issued = intermediate.Create(Root, now.AddYears(-1), now.AddYears(1), Serial());
        Intermediate = issued.CopyWithPrivateKey(_intermediateKey);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>A server's certificate with its key.</summary>
    /// <param name="names">Names and addresses that it is for.</param>
    /// <param name="days">From when until when, in days from now.</param>
    /// <param name="key">Its key; one of P-256 when null.</param>
    /// <param name="extensions">What else is in it.</param>
    public X509Certificate2 Issue(string[] names, (double From, double To)? days = null, AsymmetricAlgorithm? key = null, params X509Extension[] extensions)
    {
        using var own = key is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var request = Request($"CN={names[0].Replace("*", "any", StringComparison.Ordinal)}", key ?? own!);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        request.CertificateExtensions.Add(alternatives.Build());
        foreach (var extension in extensions)
            request.CertificateExtensions.Add(extension);
        var (from, to) = days ?? (-1, 90.5);
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            Intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_intermediateKey), now.AddDays(from), now.AddDays(to), Serial());
        using var whole = key is RSA rsa ? issued.CopyWithPrivateKey(rsa) : issued.CopyWithPrivateKey((ECDsa)(key ?? own!));
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The list of what the intermediate has revoked.</summary>
    public byte[] RevocationList(params X509Certificate2[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate);
        return list.Build(
            Intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_intermediateKey), 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Intermediate, includeKeyIdentifier: false, includeIssuerAndSerial: true));
    }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        _rootKey.Dispose();
        _intermediateKey.Dispose();
    }

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key) => key is RSA rsa
        ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(16) is var bytes ? [(byte)((bytes[0] & 0x7F) | 1), .. bytes[1..]] : [];
}
