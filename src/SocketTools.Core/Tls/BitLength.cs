namespace SocketTools;

/// <summary>How many bits a number has.</summary>
internal static class BitLength
{
    /// <param name="octets">How many octets it has.</param>
    /// <param name="first">The first of them, which is not 0.</param>
    public static int Of(int octets, int first)
    {
        var bits = octets * 8;
        for (; first < 128; first <<= 1)
            bits--;
        return bits;
    }
}
