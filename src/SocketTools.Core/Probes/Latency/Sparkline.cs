using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>Draws values as a line of blocks, from the lowest at the least value to the highest at the greatest; a missing
/// value is a cross.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const char Missing = '×';
    private const int MissingShare = 4;

    /// <summary>Draws values in at most so many characters.</summary>
    /// <remarks>Where there are more values than characters, each character stands for as many values in a row: it is a cross
    /// when a quarter of them or more is missing, else it shows the greatest.</remarks>
    public static string Of(IReadOnlyList<double?> values, int width)
    {
        var least = values.Min() ?? 0;
        var range = (values.Max() ?? 0) - least;
        var group = Math.Max(1, (values.Count + width - 1) / width);
        var line = new char[(values.Count + group - 1) / group];
        for (var i = 0; i < line.Length; i++)
            line[i] = SignOf(values, i * group, Math.Min(values.Count, (i + 1) * group), least, range);
        return new string(line);
    }

    private static char SignOf(IReadOnlyList<double?> values, int from, int to, double least, double range)
    {
        var missing = 0;
        var greatest = least;
        for (var i = from; i < to; i++)
        {
            if (values[i] is { } value)
                greatest = Math.Max(greatest, value);
            else
                missing++;
        }
        if (missing * MissingShare >= to - from)
            return Missing;
        return Blocks[range > 0 ? Math.Min(Blocks.Length - 1, (int)((greatest - least) / range * Blocks.Length)) : 0];
    }
}
