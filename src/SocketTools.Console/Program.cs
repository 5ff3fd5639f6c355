using System;
using System.IO;

namespace SocketTools.Runner;

internal static class Program
{
    private const string Manifest = "SocketTools.psd1";

    private static int Main(string[] words)
    {
        // The engine reports its use to Microsoft over the network unless told not to, before its first type is loaded.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        var line = CommandLine.Parse(words, Console.IsInputRedirected);
        if (line.ShowHelp)
        {
            Console.Out.WriteLine(CommandLine.Usage);
            return ExitCode.Success;
        }
        if (line.Error is not null)
        {
            Console.Error.WriteLine(line.Error);
            Console.Error.WriteLine();
            Console.Error.WriteLine(CommandLine.Usage);
            return ExitCode.BadArguments;
        }
        if (FindManifest() is not { } manifest)
        {
            Console.Error.WriteLine($"No {Manifest} in {AppContext.BaseDirectory} or above it.");
            return ExitCode.StartFailure;
        }
        return Run(Script.From(line), manifest);
    }

    private static int Run(Script script, string manifest)
    {
        using var session = new Session();
        using var interrupts = new Interrupts(session);
        var code = session.TryImport(manifest) ? session.Run(script) : ExitCode.StartFailure;
        return session.IsStopped ? ExitCode.Interrupted : code;
    }

    private static string? FindManifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Manifest);
            if (File.Exists(path))
                return path;
        }
        return null;
    }
}
