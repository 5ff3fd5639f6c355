namespace SocketTools;

/// <summary>A request of EtherNet/IP.</summary>
internal static class EtherNetIpPayload
{
    /// <summary>Asks a device who it is (CIP Networks Library, volume 2, section 2-4.2, ListIdentity); its encapsulation header
    /// counts in the other byte order, and the answer repeats the eight bytes of the sender.</summary>
    public static byte[] ListIdentity() => new PayloadWriter().Bytes(0x63, 0).Zeros(10).Random(8).Zeros(4).ToArray();
}
