using System.Net;

namespace SocketTools;

/// <summary>Sockets in the file system (unix(7)), which .NET Standard 2.0 has no end point for.</summary>
internal static class UnixSocket
{
#if NET
    /// <summary>Whether this build can use them.</summary>
    public const bool IsSupported = true;

    /// <summary>The end point of a path; one that begins with <c>@</c> is a name in Linux's abstract name space.</summary>
    public static EndPoint EndPointOf(string path) =>
        new System.Net.Sockets.UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path.Substring(1) : path);
#else
    /// <summary>Whether this build can use them.</summary>
    public const bool IsSupported = false;

    /// <summary>The end point of a path; one that begins with <c>@</c> is a name in Linux's abstract name space.</summary>
    public static EndPoint EndPointOf(string path) => throw new System.PlatformNotSupportedException("Unix sockets need PowerShell 7.4.");
#endif
}
