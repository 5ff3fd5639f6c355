using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>The key of a certificate and the signature on it, under names that are the same on every system.</summary>
internal static class CertificateKey
{
    /// <summary>The key's algorithm.</summary>
    public static string AlgorithmOf(X509Certificate2 certificate) => certificate.PublicKey.Oid.Value switch
    {
        "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10" => "RSA",
        "1.2.840.10045.2.1" => "ECDSA",
        "1.2.840.10040.4.1" => "DSA",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        "2.16.840.1.101.3.4.3.17" => "ML-DSA-44",
        "2.16.840.1.101.3.4.3.18" => "ML-DSA-65",
        "2.16.840.1.101.3.4.3.19" => "ML-DSA-87",
        var other => other ?? "",
    };

    /// <summary>The key's size in bits; null where an algorithm has none to choose.</summary>
    public static int? SizeOf(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = rsa is null ? certificate.GetECDsaPublicKey() : null;
        return rsa?.KeySize ?? ecdsa?.KeySize ?? (AlgorithmOf(certificate) == "RSA" ? SizeOf(certificate.PublicKey.EncodedKeyValue.RawData) : null);
    }

    /// <summary>Why a certificate proves little, in words; null when it does not. The bounds are those of 112 bits of security
    /// (NIST SP 800-57 part 1, section 5.6.1.1), which browsers and OpenSSL have, too.</summary>
    public static string? WeaknessOf(X509Certificate2 certificate)
    {
        var (algorithm, size, signature) = (AlgorithmOf(certificate), SizeOf(certificate), SignatureOf(certificate));
        var least = algorithm switch { "RSA" => 2048, "ECDSA" => 224, _ => 0 };
        if (size < least)
            return $"a key of {size} bits ({algorithm}), where {least} are the least";
        // Who signs for himself proves nothing with it: a root is trusted by other means, or it is not.
        var isSigned = !certificate.SubjectName.RawData.SequenceEqual(certificate.IssuerName.RawData);
        return isSigned && signature.Split(' ')[0] is ("MD5" or "SHA1") ? $"a signature that can be forged ({signature})" : null;
    }

    // The first number of the key is the modulus of RSA, and its length without the sign that of the key.
    private static int? SizeOf(byte[] key)
    {
        try
        {
            var number = DerReader.Elements(DerReader.Elements(key).First().Content).First().Content.SkipWhile(static octet => octet == 0).Count();
            return number * 8;
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>How its issuer has signed it.</summary>
    public static string SignatureOf(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        "1.2.840.113549.1.1.4" => "MD5 with RSA",
        "1.2.840.113549.1.1.5" => "SHA1 with RSA",
        "1.2.840.113549.1.1.11" => "SHA256 with RSA",
        "1.2.840.113549.1.1.12" => "SHA384 with RSA",
        "1.2.840.113549.1.1.13" => "SHA512 with RSA",
        "1.2.840.113549.1.1.10" => "RSA-PSS",
        "1.2.840.10045.4.1" => "SHA1 with ECDSA",
        "1.2.840.10045.4.3.2" => "SHA256 with ECDSA",
        "1.2.840.10045.4.3.3" => "SHA384 with ECDSA",
        "1.2.840.10045.4.3.4" => "SHA512 with ECDSA",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        var other => certificate.SignatureAlgorithm.FriendlyName ?? other ?? "",
    };
}
