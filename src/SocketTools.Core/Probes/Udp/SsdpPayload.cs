namespace SocketTools;

/// <summary>A search of SSDP.</summary>
internal static class SsdpPayload
{
    /// <summary>Asks for root devices (UPnP Device Architecture 2.0 section 1.3.2). MX is only asked for in searches by
    /// multicast, but there are devices that ignore a search without it.</summary>
    public static byte[] Search() => new PayloadWriter().Ascii(string.Join(
        "\r\n",
        "M-SEARCH * HTTP/1.1",
        "HOST: 239.255.255.250:1900",
        "MAN: \"ssdp:discover\"",
        "MX: 1",
        "ST: upnp:rootdevice",
        "",
        "")).ToArray();
}
