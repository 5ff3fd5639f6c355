using System.Net;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>The way to an echo for this system.</summary>
internal static class HostEcho
{
    /// <summary>Null when this process may not send echo requests, or not from that address.</summary>
    /// <param name="source">The address to send from; the system chooses when null.</param>
    public static IHostEcho? TryCreate(IPAddress? source)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return SocketEcho.TryCreate(source);
        return source is null ? new WindowsEcho() : null;
    }
}
