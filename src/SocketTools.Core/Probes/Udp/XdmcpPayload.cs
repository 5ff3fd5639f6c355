namespace SocketTools;

/// <summary>A request of the X Display Manager Control Protocol.</summary>
internal static class XdmcpPayload
{
    /// <summary>Asks whether the host is willing to manage a display (XDMCP 1.1, "Packet descriptions", Query), without any
    /// authentication.</summary>
    public static byte[] Query() => [0, 1, 0, 2, 0, 1, 0];
}
