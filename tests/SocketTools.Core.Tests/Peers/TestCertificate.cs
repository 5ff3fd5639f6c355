using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Tests;

/// <summary>Certificates that nobody trusts, made on the spot.</summary>
internal static class TestCertificate
{
    private static readonly Lazy<bool> HasCurves = new(static () =>
    {
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return true;
        }
        catch (CryptographicException) when (OperatingSystem.IsWindows())
        {
            return false;
        }
    });

    public static X509Certificate2 SelfSigned(string name, DateTimeOffset? notAfter = null)
    {
        using var key = NewKey();
        return SelfSigned(name, key, notAfter);
    }

    /// <summary>The same with an RSA key, for peers that know no other.</summary>
    public static X509Certificate2 SelfSignedRsa(string name)
    {
        using var key = RSA.Create(2048);
        return SelfSigned(name, key, notAfter: null);
    }

    /// <summary>A key of an elliptic curve, P-256 unless given; of RSA on Wine, which has no others.</summary>
    public static AsymmetricAlgorithm NewKey(ECCurve? curve = null) =>
        HasCurves.Value ? ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256) : RSA.Create(2048);

    public static CertificateRequest Request(string subject, AsymmetricAlgorithm key) => key is RSA rsa
        ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);

    public static X509SignatureGenerator Signer(AsymmetricAlgorithm key) => key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)key);

    public static byte[] Serial() => RandomNumberGenerator.GetBytes(16) is var bytes ? [(byte)((bytes[0] & 0x7F) | 1), .. bytes[1..]] : [];

    /// <summary>The certificate with its key, as TLS of every system takes it: out of a PFX.</summary>
    public static X509Certificate2 WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        var contents = new Pkcs12SafeContents();
        contents.AddCertificate(certificate);
        contents.AddKeyUnencrypted(key);
        var builder = new Pkcs12Builder();
        builder.AddSafeContentsUnencrypted(contents);
        builder.SealWithMac("", HashAlgorithmName.SHA1, 1);
        return X509CertificateLoader.LoadPkcs12(builder.Encode(), "", X509KeyStorageFlags.Exportable);
    }

    public static void WritePem(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey() ?? (AsymmetricAlgorithm)certificate.GetRSAPrivateKey()!;
        using AsymmetricAlgorithm copy = key is RSA ? RSA.Create() : ECDsa.Create();
        copy.ImportEncryptedPkcs8PrivateKey("x", key.ExportEncryptedPkcs8PrivateKey("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), out _);
        File.WriteAllText(keyPath, copy.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 SelfSigned(string name, AsymmetricAlgorithm key, DateTimeOffset? notAfter)
    {
        var request = Request($"CN={name}", key);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var end = notAfter ?? DateTimeOffset.UtcNow.AddDays(1);
        using var certificate = request.Create(request.SubjectName, Signer(key), end.AddDays(-2), end, Serial());
        return WithKey(certificate, key);
    }
}
