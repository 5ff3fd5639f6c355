using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>Programs of this machine.</summary>
internal static class Tool
{
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, with nothing to read.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static string Run(string program, string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}");
    }

    /// <summary>Lines <c>address:port state</c>, and one <c>seconds n</c> that counts instead of the time of the whole process.</summary>
    public static Outcome ReadLines(string output, double secondsOfProcess)
    {
        var seconds = secondsOfProcess;
        var states = new Dictionary<string, string>();
        foreach (var words in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim().Split(' ')))
        {
            if (words[0] == "seconds")
                seconds = double.Parse(words[1], CultureInfo.InvariantCulture);
            else
                states[words[0]] = words[1];
        }
        return new Outcome(seconds, states);
    }
}

/// <summary>A command line that does a scene's work in a process of its own.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Program">The program, which need not be installed.</param>
/// <param name="Arguments">What it is told.</param>
/// <param name="Read">Takes what it wrote and the seconds of the process.</param>
internal sealed record Command(string Name, string Program, string Arguments, Func<string, double, Outcome> Read)
{
    /// <summary>What starts the program, when it is not started by itself.</summary>
    public string? Shell { get; init; }

    private string? Missing => Tool.Find(Program) is null ? $"{Program} is not installed" : null;

    public Contender AsContender() => new(Name, Missing, _ => Measure(Tool.Find(Shell ?? Program)!, Arguments));

    /// <summary>The command at the near end of a link; each round loses other packets, but the same for every tool.</summary>
    public Contender Behind(string linkOptions, bool isSlow = false) => new(
        Name,
        Missing ?? LinkProgram.Missing,
        round => Measure(LinkProgram.Path, $"{linkOptions} -s {round} {Tool.Find(Program)} {Arguments}"),
        isSlow);

    private Outcome Measure(string program, string arguments)
    {
        var clock = Stopwatch.StartNew();
        var output = Tool.Run(program, arguments);
        return Read(output, clock.Elapsed.TotalSeconds);
    }
}
