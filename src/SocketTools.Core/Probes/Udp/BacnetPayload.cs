namespace SocketTools;

/// <summary>A request of BACnet/IP.</summary>
internal static class BacnetPayload
{
    /// <summary>Reads the identifier of the device that listens, whichever it is (ANSI/ASHRAE 135 annex J.2.11 and clauses 6.2,
    /// 15.5 and 20.1.2). A Who-Is would be answered to everybody on the network, and only at BACnet's own port.</summary>
    public static byte[] ReadDevice() => new PayloadWriter()
        .Bytes(0x81, 0x0a).UInt16(17) // BACnet/IP, to one station
        .Bytes(0x01, 0x04) // network layer version 1, an answer is wanted
        .Bytes(0x00, 0x05).Random(1).Bytes(0x0c) // a confirmed request, its number, ReadProperty
        .Bytes(0x0c).UInt32((8 << 22) | 0x3fffff) // the object: a device, any
        .Bytes(0x19, 75).ToArray(); // the property: its identifier
}
