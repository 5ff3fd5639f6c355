namespace SocketTools;

/// <summary>Requests of the management controllers of servers.</summary>
internal static class IpmiPayload
{
    private const byte Controller = 0x20;
    private const byte Console = 0x81;
    private const byte ApplicationRequest = 0x18;
    private const byte AuthenticationCapabilities = 0x38;
    private const byte ThisChannel = 0x8e;
    private const byte Administrator = 0x04;

    /// <summary>Asks whether a controller is there (DMTF DSP0136, ASF 2.0, section 3.2.4.2).</summary>
    public static byte[] Ping() =>
        new PayloadWriter().Bytes(6, 0, 0xff, 6).UInt32(4542).Bytes(0x80).Bytes(Tag()).Bytes(0, 0).ToArray();

    /// <summary>Asks how one could log in (IPMI 2.0 sections 13.6 and 22.13), which needs no login: for controllers that do not
    /// answer the other.</summary>
    public static byte[] Capabilities()
    {
        byte[] data = [Console, 0, AuthenticationCapabilities, ThisChannel, Administrator];
        return new PayloadWriter()
            .Bytes(6, 0, 0xff, 7).Zeros(9).Bytes((byte)(4 + data.Length))
            .Bytes(Controller, ApplicationRequest, Checksum(Controller, ApplicationRequest)).Bytes(data).Bytes(Checksum(data)).ToArray();
    }

    // 255 would ask for no answer.
    private static byte Tag() => (byte)(PayloadWriter.RandomBytes(1)[0] & 0x7f);

    private static byte Checksum(params byte[] bytes)
    {
        var sum = 0;
        foreach (var part in bytes)
            sum += part;
        return (byte)-sum;
    }
}
