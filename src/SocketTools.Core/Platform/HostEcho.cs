using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>The way to an echo for this system.</summary>
internal static class HostEcho
{
    /// <summary>Null when this process may not send echo requests.</summary>
    public static IHostEcho? TryCreate() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new WindowsEcho() : SocketEcho.TryCreate();
}
