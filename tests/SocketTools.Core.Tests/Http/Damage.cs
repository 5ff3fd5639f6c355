using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

/// <summary>One thing done to the bytes of an answer, somewhere in it: places go from 0, its start, to 1, its end.</summary>
internal sealed record Damage(string Kind, Func<byte[], byte[]> Apply)
{
    public static Damage FlipBit(double at, int bit) => new($"bit {bit} at {at:0.00}", bytes =>
    {
        byte[] after = [.. bytes];
        if (after.Length > 0)
            after[Math.Min((int)(at * after.Length), after.Length - 1)] ^= (byte)(1 << bit);
        return after;
    });

    public static Damage Delete(double at, int count) => new($"{count} deleted at {at:0.00}", bytes =>
        Place(bytes, at) is var start ? [.. bytes[..start], .. bytes[Math.Min(start + count, bytes.Length)..]] : bytes);

    public static Damage Repeat(double at, int count, int times) => new($"{count} repeated {times} times at {at:0.00}", bytes =>
    {
        var start = Place(bytes, at);
        var part = bytes[start..Math.Min(start + count, bytes.Length)];
        return [.. bytes[..start], .. Enumerable.Repeat(part, times).SelectMany(static p => p), .. bytes[start..]];
    });

    public static Damage Insert(double at, string text) => new($"'{PrintableText.Excerpt(text)}' at {at:0.00}", bytes =>
        Place(bytes, at) is var start ? [.. bytes[..start], .. Encoding.Latin1.GetBytes(text), .. bytes[start..]] : bytes);

    public static Damage Overwrite(double at, byte[] with) => new($"{with.Length} overwritten at {at:0.00}", bytes =>
        Place(bytes, at) is var start ? [.. bytes[..start], .. with, .. bytes[Math.Min(start + with.Length, bytes.Length)..]] : bytes);

    public static Damage Splice(double at, double from, byte[] other) => new($"spliced at {at:0.00} with {from:0.00} of another", bytes =>
        [.. bytes[..Place(bytes, at)], .. other[Place(other, from)..]]);

    /// <summary>Puts another number in the place of one of those in it: a status, a length, a chunk's size.</summary>
    public static Damage EditNumber(double at, string number) => new($"number {number} at {at:0.00}", bytes =>
    {
        var numbers = Numbers(bytes).ToList();
        if (numbers.Count == 0)
            return bytes;
        var (start, end) = numbers[Math.Min((int)(at * numbers.Count), numbers.Count - 1)];
        return [.. bytes[..start], .. Encoding.Latin1.GetBytes(number), .. bytes[end..]];
    });

    public override string ToString() => Kind;

    private static int Place(byte[] bytes, double at) => Math.Min((int)(at * (bytes.Length + 1)), bytes.Length);

    private static IEnumerable<(int Start, int End)> Numbers(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length; start++)
        {
            var end = start;
            while (end < bytes.Length && bytes[end] is >= (byte)'0' and <= (byte)'9')
                end++;
            if (end > start)
                yield return (start, end);
            start = Math.Max(start, end - 1);
        }
    }
}
