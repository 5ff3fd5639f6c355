using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>The key of a certificate and the signature on it, under names that are the same on every system.</summary>
internal static class CertificateKey
{
    private const int HashParameter = 0xA0;

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
        // The system takes some keys for broken whose length can be told (exponent 0), or knows them under another name (RSA-PSS).
        if (AlgorithmOf(certificate) == "RSA")
            return SizeOf(certificate.PublicKey.EncodedKeyValue.RawData);
        try
        {
            using var ecdsa = certificate.GetECDsaPublicKey();
            return ecdsa?.KeySize;
        }
        catch (CryptographicException)
        {
            return null;
        }
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
            var number = Parts(Parts(key)[0].Content)[0].Content.SkipWhile(static octet => octet == 0).ToArray();
            return number.Length == 0 ? 0 : BitLength.Of(number.Length, number[0]);
        }
        catch (Exception error) when (IsBroken(error))
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
        "1.2.840.113549.1.1.10" => HashOfPss(certificate.RawData) is { } hash ? $"{hash} with RSA-PSS" : "RSA-PSS",
        "1.2.840.10045.4.1" => "SHA1 with ECDSA",
        "1.2.840.10045.4.3.2" => "SHA256 with ECDSA",
        "1.2.840.10045.4.3.3" => "SHA384 with ECDSA",
        "1.2.840.10045.4.3.4" => "SHA512 with ECDSA",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        var other => certificate.SignatureAlgorithm.FriendlyName ?? other ?? "",
    };

    // The hash is in the parameters of the algorithm, and is SHA-1 when it is not (RFC 4055 section 3.1).
    private static string? HashOfPss(byte[] certificate)
    {
        try
        {
            var algorithm = Parts(Parts(Parts(certificate)[0].Content)[1].Content);
            var parameters = algorithm.Count > 1 ? Parts(algorithm[1].Content) : [];
            if (parameters is not [(HashParameter, var hash), ..])
                return "SHA1";
            return DerReader.ObjectIdentifier(Parts(Parts(hash)[0].Content)[0].Content) switch
            {
                "1.3.14.3.2.26" => "SHA1",
                "2.16.840.1.101.3.4.2.1" => "SHA256",
                "2.16.840.1.101.3.4.2.2" => "SHA384",
                "2.16.840.1.101.3.4.2.3" => "SHA512",
                "2.16.840.1.101.3.4.2.4" => "SHA224",
                "2.16.840.1.101.3.4.2.6" => "SHA512-256",
                var other => other,
            };
        }
        catch (Exception error) when (IsBroken(error))
        {
            return null;
        }
    }

    private static bool IsBroken(Exception error) => error is FormatException or ArgumentOutOfRangeException;

    private static List<(int Tag, byte[] Content)> Parts(byte[] der) => [.. DerReader.Elements(der)];
}
