using System;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace SocketTools;

/// <summary>The TLS versions to offer when none are asked for.</summary>
internal static class TlsVersions
{
    /// <summary>What the system thinks best; on .NET Framework, where a host program may have switched that off, TLS 1.2.</summary>
    public static SslProtocols Default { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal) ? SslProtocols.Tls12 : SslProtocols.None;

    /// <summary>Whether the system can offer two versions and none that is between them; OpenSSL knows the first and the last alone.</summary>
    public static bool MayHaveGaps { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
}
