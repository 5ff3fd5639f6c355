using System;
using System.Management.Automation;

namespace SocketTools.Runner;

/// <summary>What the ends of this process are connected to.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 120;
    private const int UnknownWidth = 80;
    private const int UnknownHeight = 24;

    internal static bool HasKeyboard { get; } = !Console.IsInputRedirected && !Console.IsOutputRedirected;

    internal static bool UnderstandsEscapes { get; } = !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") != "dumb"
        && (!OperatingSystem.IsWindows() || WindowsTerminal.TryEnableEscapes());

    internal static bool HasColours { get; } =
        UnderstandsEscapes && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Tables are cut at this width; a file has none, so it gets what a wide window has, or COLUMNS.</summary>
    internal static int Width
    {
        get
        {
            if (!Console.IsOutputRedirected)
                return Console.WindowWidth is > 0 and var width ? width : UnknownWidth;
            return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0
                ? columns
                : RedirectedWidth;
        }
    }

    internal static int Height =>
        !Console.IsOutputRedirected && Console.WindowHeight is > 0 and var height ? height : UnknownHeight;

    /// <summary>SupportsVirtualTerminal alone leaves escapes in tables: the views ask PSStyle.</summary>
    internal static void SetOutputRendering() =>
        PSStyle.Instance.OutputRendering = HasColours ? OutputRendering.Host : OutputRendering.PlainText;
}
