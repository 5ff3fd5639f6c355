namespace SocketTools;

/// <summary>A request of the Routing Information Protocol.</summary>
internal static class RipPayload
{
    private const byte Request = 1;
    private const byte Version2 = 2;
    private const uint Infinity = 16;

    /// <summary>Asks for the whole table (RFC 2453 section 3.9.1): one entry of no family, infinitely far.</summary>
    public static byte[] WholeTable() => new PayloadWriter().Bytes(Request, Version2).Zeros(18).UInt32(Infinity).ToArray();
}
