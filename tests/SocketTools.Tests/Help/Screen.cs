using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace SocketTools.Tests;

/// <summary>A screen without what differs from run to run and from machine to machine.</summary>
internal static class Screen
{
    private const int FirstEphemeralPort = 32768;

    /// <summary>The words of each line, with a sign in place of ephemeral ports (and of the services that happen to be
    /// registered for them), times, dates, lines drawn of them, and this computer's name. Columns are as wide as what stands in them, so that the
    /// spaces between words count as one.</summary>
    public static string Normalise(string screen)
    {
        var lines = screen.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(static line => Regex.Replace(line.TrimEnd(), " +", " "));
        var text = string.Join('\n', lines);
        text = Regex.Replace(text, @"(?<![\d.])\d+\.\d{2,}(?![\d.])", "<ms>");
        text = Regex.Replace(text, "[▁-█×]+", "<line>");
        text = Regex.Replace(text, @"\b\d{4}-\d\d-\d\d\b", "<date>");
        text = Regex.Replace(text, @"\b(\d{5})\b(?: ([\w-]+…?))?", static match => WithoutPort(match));
        return Regex.Replace(text, $@"\b(localhost|{Regex.Escape(Environment.MachineName)})\b", "<host>", RegexOptions.IgnoreCase);
    }

    private static string WithoutPort(Match match)
    {
        var port = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var next = match.Groups[2].Value;
        if (port is < FirstEphemeralPort or > 65535)
            return match.Value;
        // A name that is too long for its column is cut.
        var name = ServiceRegistry.Default.NameOf(port, TransportProtocol.Tcp);
        var isName = next == name || (next.EndsWith('…') && name?.StartsWith(next.TrimEnd('…'), StringComparison.Ordinal) == true);
        return next.Length == 0 || isName ? "<port>" : $"<port> {next}";
    }
}
