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

    /// <summary>An object identifier in dotted decimal (section 8.19).</summary>
    /// <exception cref="FormatException">It is broken.</exception>
    public static string ObjectIdentifier(byte[] content)
    {
        var arcs = new List<long>();
        var arc = 0L;
        foreach (var octet in content)
        {
            if (arc > long.MaxValue >> 7)
                throw Broken();
            arc = (arc << 7) | (octet & 0x7FL);
            if ((octet & 0x80) != 0)
                continue;
            // The first two arcs are one number.
            if (arcs.Count == 0)
                arcs.AddRange(arc < 80 ? [arc / 40, arc % 40] : [2, arc - 80]);
            else
                arcs.Add(arc);
            arc = 0;
        }
        return content.Length > 0 && content[content.Length - 1] < 0x80 ? string.Join(".", arcs) : throw Broken();
    }

    private static byte Octet(byte[] bytes, int at) => at < bytes.Length ? bytes[at] : throw Broken();

    private static FormatException Broken() => new("The DER encoding is broken.");
}
