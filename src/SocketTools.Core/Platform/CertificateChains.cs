using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>How chains of certificates are built: without the network, but for the revocation that was asked for.</summary>
internal static class CertificateChains
{
#if NET
    /// <summary>Whether a chain can be held against roots of the caller's.</summary>
    public const bool HasOwnRoots = true;
#else
    /// <summary>Whether a chain can be held against roots of the caller's.</summary>
    public const bool HasOwnRoots = false;
#endif

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>A chain that is not built yet.</summary>
    /// <param name="known">Certificates that may stand between the server's and a root.</param>
    /// <param name="roots">The only roots to trust; the system's when empty.</param>
    /// <param name="checkRevocation">Whether the authorities are asked what they have revoked.</param>
    /// <param name="time">How long one of them may take to answer.</param>
    public static X509Chain Of(IEnumerable<X509Certificate2> known, IReadOnlyList<X509Certificate2> roots, bool checkRevocation, TimeSpan time)
    {
        var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = checkRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        policy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        policy.UrlRetrievalTimeout = time;
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var certificate in known)
            policy.ExtraStore.Add(certificate);
#if NET
        policy.DisableCertificateDownloads = true;
        if (roots.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            foreach (var root in roots)
                policy.CustomTrustStore.Add(root);
        }
#endif
        return chain;
    }
}
