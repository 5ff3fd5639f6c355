namespace SocketTools;

/// <summary>A message of the Inter-Asterisk eXchange.</summary>
internal static class IaxPayload
{
    private const byte ControlFrame = 6;
    private const byte Poke = 0x1e;

    /// <summary>Asks whether a peer is there (RFC 5456 sections 6.7.1 and 8.1.1), in a full frame of a call that is not one.</summary>
    public static byte[] PokePeer() => new PayloadWriter().Bytes(0x80, (byte)(PayloadWriter.RandomBytes(1)[0] | 1)).Zeros(8).Bytes(ControlFrame, Poke).ToArray();
}
