using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>A program of this machine, run as a process of its own and timed as a whole.</summary>
internal static class Tool
{
    public static Contender Contender(string name, string program, string arguments, Func<string, double, Outcome> read) => new(
        name,
        Find(program) is null ? $"{program} is not installed" : null,
        () =>
        {
            var clock = Stopwatch.StartNew();
            var output = Run(Find(program)!, arguments);
            return read(output, clock.Elapsed.TotalSeconds);
        });

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static string Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}");
    }

    /// <summary>Lines <c>address:port</c>, and one <c>seconds n</c>.</summary>
    public static Outcome ReadLines(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var seconds = double.Parse(lines.Single(static l => l.StartsWith("seconds", StringComparison.Ordinal))[8..], CultureInfo.InvariantCulture);
        return new Outcome(seconds, [.. lines.Where(static l => !l.StartsWith("seconds", StringComparison.Ordinal)).Select(static l => l.Trim())]);
    }
}

/// <summary>What nmap's greppable output names as open.</summary>
internal static class NmapOutput
{
    public static Outcome Read(string output, double seconds)
    {
        var open = new HashSet<string>();
        foreach (var line in output.Split('\n').Where(static l => l.Contains("Ports: ", StringComparison.Ordinal)))
        {
            var address = line.Split(' ')[1];
            foreach (var port in line[(line.IndexOf("Ports: ", StringComparison.Ordinal) + 7)..].Split('\t')[0].Split(", "))
            {
                var fields = port.Split('/');
                if (fields[1] == "open")
                    open.Add($"{address}:{fields[0]}");
            }
        }
        return new Outcome(seconds, open);
    }
}
