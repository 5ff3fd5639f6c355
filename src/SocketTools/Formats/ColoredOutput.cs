using System;
using System.Management.Automation;
using System.Reflection;

namespace SocketTools.Formats;

/// <summary>Whether text for the screen may carry colours: as <c>$PSStyle.OutputRendering</c> says, and where it leaves that to
/// the host, unless NO_COLOR is set, the terminal is dumb or the output goes elsewhere. Windows PowerShell has no $PSStyle and
/// shows all text plain.</summary>
internal static class ColoredOutput
{
    private const string PlainText = "PlainText";
    private const string Ansi = "Ansi";

    // The module is compiled for Windows PowerShell too, whose engine lacks the type.
    private static readonly object? Style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")
        ?.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    private static readonly PropertyInfo? Rendering = Style?.GetType().GetProperty("OutputRendering");

    private static readonly bool ForTerminal =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Asked anew each time, since a session may change it.</summary>
    public static bool IsWanted => Rendering?.GetValue(Style)?.ToString() switch
    {
        null or PlainText => false,
        Ansi => true,
        _ => ForTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };
}
