using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>Whether this computer trusts a server's certificate, and what is wrong with it in words.</summary>
internal sealed class ServerTrust
{
    private readonly List<(CertificateFault Fault, string Words)> _faults = [];
    private readonly IReadOnlyList<X509Certificate2> _sent;
    private readonly bool _checkRevocation;

    /// <param name="certificates">What the server sent, its own certificate the first.</param>
    /// <param name="options">The name that it must have, and what is trusted.</param>
    /// <param name="time">How long an authority may take to say what it has revoked; none is asked when there is no time.</param>
    public ServerTrust(IReadOnlyList<X509Certificate2> certificates, TlsOptions options, TimeSpan time)
    {
        _sent = certificates;
        _checkRevocation = options.CheckRevocation;
        if (certificates.Count == 0)
        {
            Add(CertificateFault.NoCertificate, "The server sent no certificate.");
            return;
        }
        CheckName(certificates[0], options.ServerName);
        var isAsked = _checkRevocation && time > TimeSpan.Zero;
        using var chain = CertificateChains.Of(certificates.Skip(1), options.TrustedRoots, isAsked, time);
        try
        {
            chain.Build(certificates[0]);
        }
        catch (CryptographicException error)
        {
            Add(CertificateFault.Other, $"The system could not build its chain: {error.Message}");
        }
        Chain = [.. chain.ChainElements.Cast<X509ChainElement>().Select(static element => new X509Certificate2(element.Certificate.RawData))];
        CheckChain(chain);
        if (_checkRevocation && !isAsked)
            Add(CertificateFault.RevocationUnknown, "It may be revoked: nobody answered in time.");
    }

    /// <summary>The chain as it was built, the server's certificate the first.</summary>
    public X509Certificate2[] Chain { get; } = [];

    /// <summary>Whether the certificate is for the server's name.</summary>
    public bool NameMatches { get; private set; }

    /// <summary>What is wrong.</summary>
    public CertificateFault[] Faults => [.. _faults.Select(static fault => fault.Fault).Distinct()];

    /// <summary>What is wrong, a sentence each.</summary>
    public string[] Sentences => [.. _faults.Select(static fault => fault.Words)];

    private void CheckName(X509Certificate2 certificate, string serverName)
    {
        var names = new CertificateNames(certificate);
        NameMatches = names.Match(serverName);
        if (NameMatches)
            return;
        var common = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var what = names.All.Count > 0 ? $"It is for {string.Join(", ", names.All.Take(5).Select(PrintableText.Excerpt))}{(names.All.Count > 5 ? $" and {names.All.Count - 5} more" : "")}, not for {serverName}."
            : string.Equals(common, serverName, StringComparison.OrdinalIgnoreCase) ? $"It has the name {serverName} only in its subject, where clients no longer look (RFC 9525)."
            : $"It names no server in its subject alternative names, so that it is not for {serverName}.";
        Add(CertificateFault.WrongName, what);
    }

    private void CheckChain(X509Chain chain)
    {
        for (var i = 0; i < chain.ChainElements.Count; i++)
        {
            var certificate = chain.ChainElements[i].Certificate;
            var it = i == 0 ? "It" : $"Its issuer '{certificate.Subject}'";
            foreach (var status in chain.ChainElements[i].ChainElementStatus.Where(status => i == 0 || !IsOfWhole(status, chain)))
                Check(status, certificate, it, isOwn: i == 0);
            if (CertificateKey.WeaknessOf(certificate) is { } weakness)
                Add(CertificateFault.WeakAlgorithm, $"{it} has {weakness}.");
        }
        // Of some faults only the chain as a whole tells.
        foreach (var status in chain.ChainStatus)
        {
            if (status.Status == X509ChainStatusFlags.PartialChain && Chain.Length > 0)
                AddPartial(Chain[Chain.Length - 1]);
        }
        if (chain.ChainStatus.Length > 0 && _faults.All(static fault => fault.Fault == CertificateFault.WrongName))
        {
            foreach (var status in chain.ChainStatus.Where(static s => s.Status != X509ChainStatusFlags.NoError))
                Check(status, chain.ChainElements.Count > 0 ? chain.ChainElements[0].Certificate : null, "It", isOwn: true);
        }
    }

    // A certificate that is for clients makes all of its chain one for clients, in the eyes of some systems.
    private static bool IsOfWhole(X509ChainStatus status, X509Chain chain) =>
        status.Status == X509ChainStatusFlags.NotValidForUsage && chain.ChainElements[0].ChainElementStatus.Any(own => own.Status == status.Status);

    private void Check(X509ChainStatus status, X509Certificate2? certificate, string it, bool isOwn)
    {
        switch (status.Status)
        {
            case X509ChainStatusFlags.NotTimeValid when certificate is not null && certificate.NotAfter < DateTime.Now:
                Add(CertificateFault.Expired, $"{it} expired on {Utc(certificate.NotAfter)}.");
                break;
            case X509ChainStatusFlags.NotTimeValid when certificate is not null:
                Add(CertificateFault.NotYetValid, $"{it} is not valid before {Utc(certificate.NotBefore)}: check this computer's clock, too.");
                break;
            case X509ChainStatusFlags.UntrustedRoot when isOwn:
                Add(CertificateFault.SelfSigned, "It is self-signed, and this computer does not trust it.");
                break;
            case X509ChainStatusFlags.UntrustedRoot:
                Add(CertificateFault.UnknownAuthority, $"It leads to the root '{certificate!.Subject}', which this computer does not trust.");
                break;
            case X509ChainStatusFlags.Revoked:
                Add(CertificateFault.Revoked, $"{it} was revoked.");
                break;
            case X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation when _checkRevocation:
                Add(CertificateFault.RevocationUnknown, $"{it} may be revoked: nobody could be asked, or nobody answered.");
                break;
            case X509ChainStatusFlags.NotValidForUsage:
                Add(CertificateFault.WrongUsage, $"{it} is not for servers: its extended key usage says for what else (RFC 5280 section 4.2.1.12).");
                break;
            case X509ChainStatusFlags.InvalidNameConstraints or X509ChainStatusFlags.HasNotPermittedNameConstraint or X509ChainStatusFlags.HasExcludedNameConstraint:
                Add(CertificateFault.WrongUsage, $"{it} has names that its authority may not certify (name constraints, RFC 5280 section 4.2.1.10).");
                break;
            case X509ChainStatusFlags.InvalidBasicConstraints or X509ChainStatusFlags.InvalidPolicyConstraints:
                Add(CertificateFault.WrongUsage, $"{it} is not for this use: {Words(status)}.");
                break;
            case X509ChainStatusFlags.NotSignatureValid:
                Add(CertificateFault.BadSignature, $"{it} has a wrong signature.");
                break;
            case X509ChainStatusFlags.HasWeakSignature:
                Add(CertificateFault.WeakAlgorithm, $"{it} has a signature or a key that this computer holds for too weak.");
                break;
            case X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.NoError or X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation:
                break;
            default:
                Add(CertificateFault.Other, $"{it} is not trusted: {Words(status)}.");
                break;
        }
    }

    // Whether the missing one is a root or an intermediate nobody can see; but a server that sends its own certificate alone
    // mostly forgot the others.
    private void AddPartial(X509Certificate2 last)
    {
        if (last.SubjectName.RawData.SequenceEqual(last.IssuerName.RawData))
        {
            Add(Chain.Length == 1 ? CertificateFault.SelfSigned : CertificateFault.UnknownAuthority, $"'{last.Subject}' has signed itself, and this computer makes no root of it.");
            return;
        }
        var words = $"its issuer, '{last.Issuer}', and this computer does not have it";
        if (_sent.Skip(1).Any(other => other.SubjectName.RawData.SequenceEqual(last.IssuerName.RawData) && !other.RawData.SequenceEqual(last.RawData)))
            Add(CertificateFault.MissingIntermediate, $"The server sent a certificate of '{last.Issuer}', but with another key than that which signed.");
        else if (_sent.Count == 1 || Chain.Length == 1)
            Add(CertificateFault.MissingIntermediate, $"The server did not send the certificate of {words}.");
        else
            Add(CertificateFault.UnknownAuthority, $"It leads to '{last.Issuer}', whose certificate the server did not send and this computer does not have.");
    }

    private void Add(CertificateFault fault, string words)
    {
        if (!_faults.Contains((fault, words)))
            _faults.Add((fault, words));
    }

    private static string Words(X509ChainStatus status) => (status.StatusInformation ?? status.Status.ToString()).Trim().TrimEnd('.');

    private static string Utc(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
