using System;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Tests;

/// <summary>What is not trusted where it is looked at is not trusted where it is used.</summary>
public sealed class CertificateCheckTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void A_good_certificate_is_taken()
    {
        using var certificate = _authority.Issue(["localhost"]);

        Assert.Null(FaultOf(certificate));
    }

    [Fact]
    public void Who_is_missing_above_the_certificates_that_came_is_named()
    {
        using var certificate = _authority.Issue(["localhost"]);

        Assert.Contains($"leads to '{_authority.Intermediate.Issuer}', whose own certificate is missing", FaultOf(certificate, [_authority.Intermediate], []));
        Assert.Contains($"leads to '{certificate.Issuer}', whose own certificate is missing", FaultOf(certificate, [], []));
    }

    // A month 99, which OpenSSL reads and the runtime does not.
    [Fact]
    public void A_certificate_whose_time_cannot_be_read_is_not_trusted()
    {
        using var good = _authority.Issue(["localhost"]);
        var bytes = good.RawData;
        var date = System.Text.Encoding.ASCII.GetBytes(good.NotAfter.ToUniversalTime().ToString("yyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture));
        "99"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(date) + 2));
        using var odd = X509CertificateLoader.LoadCertificate(bytes);

        Assert.Contains("cannot be read", FaultOf(odd));
    }

    [Fact]
    public void A_key_without_an_exponent_has_its_size()
    {
        using var key = RSA.Create(2048);
        using var good = Self(TestCertificate.Request("CN=a", key), key);
        var bytes = good.RawData;
        byte[] exponent = [2, 3, 1, 0, 1];
        new byte[3].CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(exponent) + 2));
        using var odd = X509CertificateLoader.LoadCertificate(bytes);

        Assert.Equal(2048, CertificateKey.SizeOf(odd));
        Assert.Null(CertificateKey.WeaknessOf(odd));
    }

    [Fact]
    public void A_name_in_the_subject_alone_is_none()
    {
        using var key = TestCertificate.NewKey();
        using var certificate = Self(TestCertificate.Request("CN=localhost", key), key);

        Assert.Contains("no subject alternative names", FaultOf(certificate));
    }

    [Fact]
    public void A_name_that_the_system_would_take_must_be_among_the_names()
    {
        using var certificate = _authority.Issue(["other.example.test"]);

        Assert.Contains("is for 'other.example.test', not for 'localhost'", FaultOf(certificate));
    }

    [Fact]
    public void A_weak_key_and_a_forgeable_signature_are_refused()
    {
        using var key = RSA.Create(1024);
        using var weak = _authority.Issue(["localhost"], null, key);
        using var authority = RSA.Create(2048);
        var signer = X509SignatureGenerator.CreateForRSA(authority, RSASignaturePadding.Pkcs1);
        var request = new CertificateRequest("CN=localhost", authority, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var issued = request.Create(new X500DistinguishedName("CN=Old"), signer, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1]);
        using var own = Self(request, authority);
        using var forgeable = WithSha1(issued);
        using var root = WithSha1(own);

        Assert.Contains("a key of 1024 bits (RSA)", FaultOf(weak));
        Assert.Equal("a signature that can be forged (SHA1 with RSA)", CertificateKey.WeaknessOf(forgeable));
        Assert.Null(CertificateKey.WeaknessOf(root));
    }

    [Fact]
    public void The_hash_of_a_pss_signature_is_told_and_a_forgeable_one_refused()
    {
        using var key = RSA.Create(2048);
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pss);
        using var sound = Issue(HashAlgorithmName.SHA384, generator);
        using var forgeable = Issue(HashAlgorithmName.SHA256, new WithoutParameters(generator));

        Assert.Equal(("SHA384 with RSA-PSS", null), (CertificateKey.SignatureOf(sound), CertificateKey.WeaknessOf(sound)));
        Assert.Equal("a signature that can be forged (SHA1 with RSA-PSS)", CertificateKey.WeaknessOf(forgeable));

        X509Certificate2 Issue(HashAlgorithmName hash, X509SignatureGenerator signer) => new CertificateRequest("CN=localhost", key, hash, RSASignaturePadding.Pss)
            .Create(new X500DistinguishedName("CN=Issuer"), signer, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1]);
    }

    // The same certificate, as if SHA-1 had signed it, which the runtime does no more: only the algorithm's number is another.
    private static X509Certificate2 WithSha1(X509Certificate2 certificate)
    {
        byte[] sha256 = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
        var der = certificate.RawData;
        for (int at; (at = der.AsSpan().IndexOf(sha256)) >= 0;)
            der[at + sha256.Length - 1] = 0x05;
        return X509CertificateLoader.LoadCertificate(der);
    }

    private static X509Certificate2 Self(CertificateRequest request, AsymmetricAlgorithm key) => request.Create(
        request.SubjectName, TestCertificate.Signer(key), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1),
        TestCertificate.Serial());

    // What the check says of a certificate in which the system finds no fault.
    private string? FaultOf(X509Certificate2 certificate) => FaultOf(certificate, [_authority.Intermediate], [_authority.Root]);

    private static string? FaultOf(X509Certificate2 certificate, X509Certificate2[] others, X509Certificate2[] roots)
    {
        using var chain = CertificateChains.Of([.. others], [.. roots], checkRevocation: false, TimeSpan.Zero);
        var isGood = chain.Build(certificate);
        var check = new CertificateCheck("localhost");
        var isTaken = check.Note(certificate, chain, isGood ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors);
        Assert.Equal(isTaken, check.Fault is null);
        return check.Fault;
    }

    // SHA-1 is what is meant where nothing is said.
    private sealed class WithoutParameters(X509SignatureGenerator inner) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A, 0x30, 0x00];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => inner.SignData(data, hashAlgorithm);

        protected override PublicKey BuildPublicKey() => inner.PublicKey;
    }
}
