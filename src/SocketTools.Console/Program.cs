using System;
using System.Diagnostics;
using System.IO;

namespace SocketTools.Runner;

/// <summary>Starts PowerShell with the module of this checkout imported. Text without a parameter is a command; everything
/// else is as for pwsh.</summary>
internal static class Program
{
    // pwsh -Command - drops a last block that no empty line follows.
    private const string RunStandardInput =
        "Invoke-Expression ([Console]::In.ReadToEnd() + [Environment]::NewLine + 'if (-not $?) { exit 1 }')";

    private static int Main(string[] words)
    {
        var modulePath = PowerShellProcess.Metadata("ModulePath");
        var session = Path.Combine(modulePath, Console.IsInputRedirected ? "Script.pssc" : "Terminal.pssc");
        var start = PowerShellProcess.Create(["-ConfigurationFile", session, .. PowerShellArguments(words)]);
        start.Environment["PSModulePath"] =
            string.Join(Path.PathSeparator, modulePath, Environment.GetEnvironmentVariable("PSModulePath")).TrimEnd(Path.PathSeparator);
        if (Console.IsOutputRedirected)
            start.Environment["NO_COLOR"] = "1";

        // Ctrl+C in a terminal reaches PowerShell, too, which decides what it ends.
        Console.CancelKeyPress += static (_, interrupt) => interrupt.Cancel = true;
        using var powerShell = Process.Start(start)!;
        powerShell.WaitForExit();
        return powerShell.ExitCode;
    }

    private static string[] PowerShellArguments(string[] words)
    {
        if (words.Length > 0)
            return words[0].StartsWith('-') ? words : ["-Command", .. words];
        if (Console.IsInputRedirected)
            return ["-Command", RunStandardInput];
        Console.WriteLine(
            "The SocketTools module is loaded: Get-Command -Module SocketTools lists its cmdlets, Get-Help about_SocketTools describes it.");
        return [];
    }
}
