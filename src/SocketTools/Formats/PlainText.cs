using System.Text.RegularExpressions;

namespace SocketTools.Formats;

/// <summary>What others sent, as text that cannot move the cursor or colour the screen.</summary>
public static class PlainText
{
    private static readonly Regex Controls = new(@"[\x00-\x08\x0b-\x1f\x7f-\x9f]", RegexOptions.CultureInvariant);

    /// <summary>The text with LF for line ends, and a dot for each other control character but tabs.</summary>
    public static string Of(string? text) =>
        text is null ? "" : Controls.Replace(text.Replace("\r\n", "\n"), ".");
}
