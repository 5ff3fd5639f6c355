using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>Keeps, in words, what the system has against a certificate, and what <see cref="ServerTrust"/> has that the system overlooks: a
/// name in the subject alone, and what is too weak.</summary>
internal sealed class CertificateCheck
{
    private readonly string _serverName;

    public CertificateCheck(string serverName) => _serverName = serverName;

    /// <summary>What is wrong, as whole sentences; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Notes the verdict of the system, and says whether it is good.</summary>
    public bool Note(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        try
        {
            var sentences = Sentences(certificate, chain, errors).ToList();
            Fault = sentences.Count == 0 ? null : string.Join(" ", sentences);
        }
        catch (CryptographicException error)
        {
            Fault = $"A certificate cannot be read: {error.Message.TrimEnd('.')}.";
        }
        return Fault is null;
    }

    private IEnumerable<string> Sentences(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            yield return "It sent no certificate.";
            yield break;
        }
        using var leaf = new X509Certificate2(certificate);
        var names = new CertificateNames(leaf);
        if (names.All.Count == 0)
            yield return $"Its certificate has no subject alternative names, where alone clients look (RFC 9525), and so is not for '{_serverName}': renew it with that name.";
        else if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) || !names.Match(_serverName))
            yield return $"Its certificate is for '{PrintableText.Excerpt(names.All[0])}', not for '{_serverName}': use the name that it has, or check that this is the right server.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            foreach (var status in Statuses(chain))
                yield return Sentence(status, leaf, IssuerAbove(chain) ?? leaf.Issuer);
        }
        foreach (var element in chain is null ? [] : chain.ChainElements.Cast<X509ChainElement>())
        {
            if (CertificateKey.WeaknessOf(element.Certificate) is { } weakness)
                yield return $"'{element.Certificate.Subject}' has {weakness}: renew it.";
        }
    }

    private static List<X509ChainStatus> Statuses(X509Chain? chain)
    {
        var seen = new HashSet<X509ChainStatusFlags>();
        return chain is null ? [] : [.. chain.ChainStatus.Where(s => seen.Add(s.Status))];
    }

    // Who signed the last certificate that is there.
    private static string? IssuerAbove(X509Chain? chain) =>
        chain is { ChainElements: { Count: > 0 } elements } ? elements[elements.Count - 1].Certificate.Issuer : null;

    private static string Sentence(X509ChainStatus status, X509Certificate2 leaf, string issuer) => status.Status switch
    {
        X509ChainStatusFlags.UntrustedRoot when leaf.Subject == leaf.Issuer =>
            $"Its certificate is self-signed ('{leaf.Subject}'): add it to this computer's trusted roots if it is yours.",
        X509ChainStatusFlags.UntrustedRoot =>
            $"Its certificate leads to the root '{issuer}', which this computer does not trust: add the root if it is yours.",
        X509ChainStatusFlags.PartialChain =>
            $"Its certificate leads to '{issuer}', whose own certificate is missing: let the server send it if it is an intermediate one, or add it to this computer's trusted roots if it is yours.",
        X509ChainStatusFlags.NotTimeValid =>
            $"A certificate is outside its time (this server's: {Utc(leaf.NotBefore)} to {Utc(leaf.NotAfter)}): renew it, or check this computer's clock.",
        X509ChainStatusFlags.Revoked => "A certificate was revoked: replace it.",
        _ => status.StatusInformation.Trim(),
    };

    private static string Utc(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
