using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Reads the elements of DER, one after the other (ITU-T X.690 section 8.1).</summary>
internal static class DerReader
{
    /// <summary>The elements in a piece of DER: the tag of each, and what is in it.</summary>
    /// <exception cref="FormatException">It is broken.</exception>
    public static IEnumerable<(int Tag, byte[] Content)> Elements(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Octet(bytes, at++);
            int length = Octet(bytes, at++);
            if (length > 127)
            {
                var count = length - 128;
                if (count is 0 or > 3)
                    throw Broken();
                for (length = 0; count > 0; count--)
                    length = (length << 8) | Octet(bytes, at++);
            }
            if (length > bytes.Length - at)
                throw Broken();
            var content = new byte[length];
            Buffer.BlockCopy(bytes, at, content, 0, length);
            at += length;
            yield return (tag, content);
        }
    }

    private static byte Octet(byte[] bytes, int at) => at < bytes.Length ? bytes[at] : throw Broken();

    private static FormatException Broken() => new("The DER encoding is broken.");
}
