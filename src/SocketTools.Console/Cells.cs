using System.Linq;
using System.Text;

namespace SocketTools.Runner;

/// <summary>How many columns of a terminal a text takes: East Asian wide characters take two.</summary>
internal static class Cells
{
    internal static int Width(char character) => character switch
    {
        >= '\u1100' and <= '\u115F' => 2,
        >= '\u2E80' and <= '\uA4CF' and not '\u303F' => 2,
        >= '\uAC00' and <= '\uD7A3' => 2,
        >= '\uF900' and <= '\uFAFF' => 2,
        >= '\uFE30' and <= '\uFE6F' => 2,
        >= '\uFF00' and <= '\uFF60' => 2,
        >= '\uFFE0' and <= '\uFFE6' => 2,
        _ => 1,
    };

    internal static int Width(string text) => text.Sum(Width);

    /// <summary>The text in exactly so many columns, on one line: cut with an ellipsis or filled with spaces.</summary>
    internal static string Fit(string text, int width)
    {
        var fitted = new StringBuilder();
        var used = 0;
        var isCut = Width(text) > width;
        foreach (var character in text)
        {
            if (used + Width(character) > (isCut ? width - 1 : width))
                break;
            fitted.Append(char.IsControl(character) ? ' ' : character);
            used += Width(character);
        }
        if (isCut && used < width)
        {
            fitted.Append('…');
            used++;
        }
        return fitted.Append(' ', int.Max(0, width - used)).ToString();
    }
}
