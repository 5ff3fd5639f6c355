using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>What a listener's socket needs so that a port has one owner and is free again at once.</summary>
internal static class ListenerOptions
{
    /// <summary>Refuses to share the port. On Unix a port whose old connections are in TIME_WAIT can be listened on all
    /// the same, which .NET arranges there by itself; on Windows the option that sounds so would let two own one port.</summary>
    public static void MakeExclusive(Socket listener)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            listener.ExclusiveAddressUse = true;
    }
}
