using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Tests;

/// <summary>A certificate authority that nobody trusts, made on the spot: a root, an intermediate, and the certificates of servers.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly AsymmetricAlgorithm _rootKey = TestCertificate.NewKey();
    private readonly AsymmetricAlgorithm _intermediateKey = TestCertificate.NewKey(ECCurve.NamedCurves.nistP384);

    public TestAuthority()
    {
        var now = DateTimeOffset.UtcNow;
        var root = TestCertificate.Request("CN=Test Root", _rootKey);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var signer = TestCertificate.Signer(_rootKey);
        Root = root.Create(root.SubjectName, signer, now.AddYears(-2), now.AddYears(2), TestCertificate.Serial());
        var intermediate = TestCertificate.Request("CN=Test Intermediate", _intermediateKey);
        intermediate.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        intermediate.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        Intermediate = intermediate.Create(
            Root.SubjectName, signer, now.AddYears(-1), now.AddYears(1), TestCertificate.Serial());
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>A server's certificate with its key.</summary>
    /// <param name="names">Names and addresses that it is for.</param>
    /// <param name="days">From when until when, in days from now.</param>
    /// <param name="key">Its key; one of P-256, or of RSA on Wine, when null.</param>
    /// <param name="extensions">What else is in it.</param>
    public X509Certificate2 Issue(string[] names, (double From, double To)? days = null, AsymmetricAlgorithm? key = null, params X509Extension[] extensions)
    {
        using var own = key is null ? TestCertificate.NewKey() : null;
        var request = TestCertificate.Request($"CN={names[0].Replace("*", "any", StringComparison.Ordinal)}", key ?? own!);
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
            Intermediate.SubjectName, TestCertificate.Signer(_intermediateKey), now.AddDays(from), now.AddDays(to),
            TestCertificate.Serial());
        return TestCertificate.WithKey(issued, key ?? own!);
    }

    /// <summary>The list of what the intermediate has revoked.</summary>
    public byte[] RevocationList(params X509Certificate2[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate);
        return list.Build(
            Intermediate.SubjectName, TestCertificate.Signer(_intermediateKey), 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Intermediate, includeKeyIdentifier: false, includeIssuerAndSerial: true));
    }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        _rootKey.Dispose();
        _intermediateKey.Dispose();
    }
}
