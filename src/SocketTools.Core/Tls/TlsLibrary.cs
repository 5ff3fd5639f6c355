using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;

namespace SocketTools;

/// <summary>What this computer's own TLS library does.</summary>
internal static class TlsLibrary
{
    /// <summary>All versions, from the oldest.</summary>
    public static IReadOnlyList<TlsVersion> Versions { get; } = [TlsVersion.Ssl3, TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13];

    /// <summary>The versions as the runtime has them; its own choice when there are none.</summary>
    public static SslProtocols Of(IReadOnlyList<TlsVersion> versions) => versions.Count == 0
        ? TlsVersions.Default
        : versions.Aggregate(SslProtocols.None, static (all, version) => all | (SslProtocols)NumberOf(version));

    /// <summary>Whether the library can offer these and no others; none stands for its own choice.</summary>
    public static bool CanOffer(IReadOnlyCollection<TlsVersion> versions) =>
        versions.Count == 0 || TlsVersions.MayHaveGaps || versions.Max() - versions.Min() < versions.Distinct().Count();

    /// <summary>What the runtime calls a version.</summary>
    public static TlsVersion? Of(SslProtocols protocol)
    {
        foreach (var version in Versions)
        {
            if (NumberOf(version) == (int)protocol)
                return version;
        }
        return null;
    }

    /// <summary>Why the library does not offer a version, in its own words; null when it does. Nothing goes to any network.</summary>
    public static string? RefusalOf(TlsVersion version)
    {
        using var nowhere = new TlsTap(Stream.Null);
        try
        {
            using var stream = new SslStream(nowhere, leaveInnerStreamOpen: true);
            TlsHandshake.Run(stream, "localhost", null, [], Of([version]), isLook: true);
            return null;
        }
        catch (Exception error)
        {
            return nowhere.HasBegun ? null : WordsOf(error);
        }
    }

    /// <summary>What the library says in an exception.</summary>
    public static string WordsOf(Exception error) => error.GetBaseException().Message.TrimEnd('.');

    // The numbers of SslProtocols; the names of old versions are obsolete, and some targets have no name for the new ones.
    private static int NumberOf(TlsVersion version) => version switch
    {
        TlsVersion.Ssl3 => 48,
        TlsVersion.Tls10 => 192,
        TlsVersion.Tls11 => 768,
        TlsVersion.Tls12 => 3072,
        _ => 12288,
    };
}
