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
}
