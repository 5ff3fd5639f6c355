using System;

namespace SocketTools;

/// <summary>Damages bytes.</summary>
internal static class Corruption
{
    /// <summary>Turns one bit of a share of the bytes.</summary>
    public static void Apply(byte[] bytes, int offset, int count, double rate, Random random)
    {
        // From one damaged byte to the next, so that few cost little.
        for (var at = Gap(rate, random); at < count; at += 1 + Gap(rate, random))
            bytes[offset + (int)at] ^= (byte)(1 << random.Next(8));
    }

    private static double Gap(double rate, Random random) =>
        rate >= 1 ? 0 : Math.Floor(Math.Log(1 - random.NextDouble()) / Math.Log(1 - rate));
}
