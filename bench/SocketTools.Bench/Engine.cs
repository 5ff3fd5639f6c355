using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace SocketTools.Bench;

/// <summary>The cmdlet on an engine in this process, or in another one like it.</summary>
internal static class Engine
{
    public const string Name = "SocketTools, engine in process";

    private static readonly Lazy<Runspace> LazyRunspace = new(Open);

    public static string Manifest { get; } = FindManifest();

    public static Contender Contender(string command) => new(Name, null, _ => Run(command));

    /// <summary>The same, for where this process is not; see <see cref="RunAndPrint"/>.</summary>
    public static Command InItsOwnProcess(string command) =>
        new(Name, "dotnet", $"{Assembly.GetExecutingAssembly().Location} run \"{command}\"", Tool.ReadLines);

    /// <summary>Runs a command and prints what <see cref="Tool.ReadLines"/> reads.</summary>
    public static void RunAndPrint(string command)
    {
        var outcome = Run(command);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds {outcome.Seconds:0.0000}"));
        Console.Write(string.Concat(outcome.States.Select(static s => $"{s.Key} {s.Value}\n")));
    }

    private static Outcome Run(string command)
    {
        using var shell = PowerShell.Create(LazyRunspace.Value);
        shell.AddScript(command);
        var clock = Stopwatch.StartNew();
        var results = shell.Invoke();
        var seconds = clock.Elapsed.TotalSeconds;
        return new Outcome(seconds, results.ToDictionary(
            static r => $"{r.Properties["Address"].Value}:{r.Properties["Port"].Value}",
            static r => r.Properties["State"].Value.ToString()!.ToLowerInvariant()));
    }

    private static Runspace Open()
    {
        var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript($"Import-Module '{Manifest}'; $null = Test-TcpPort 127.0.0.1 1-2000");
        shell.Invoke();
        return runspace;
    }

    private static string FindManifest()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SocketTools.psd1")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No SocketTools.psd1 above the benchmark.");
        return Path.Combine(folder, "SocketTools.psd1");
    }
}

/// <summary>The cmdlet typed into a pwsh that has run it before.</summary>
internal static class Shell
{
    public const string Name = "SocketTools, typed into pwsh";

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => Tool.Find("pwsh") is null ? "pwsh is not installed" : null;

    public static Command Command(string command) => new(Name, "pwsh", Arguments(
        $"$clock = [Diagnostics.Stopwatch]::StartNew(); $results = {command}; 'seconds ' + $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture); " +
        "$results | ForEach-Object { $_.Address + ':' + $_.Port + ' ' + $_.State.ToString().ToLowerInvariant() }"), Tool.ReadLines);

    /// <summary>The lines that a script writes, in a pwsh in which the module is warm.</summary>
    public static IEnumerable<string> Run(string script) => RunBare(Warm + script);

    /// <summary>The lines that a script writes, in a pwsh that has done nothing before.</summary>
    public static IEnumerable<string> RunBare(string script) =>
        Tool.Run(Tool.Find("pwsh")!, $"-NoProfile -Command \"{script}\"").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Warm => $"Import-Module '{Engine.Manifest}'; $null = Test-TcpPort 127.0.0.1 1-2000; ";

    private static string Arguments(string script) => $"-NoProfile -Command \"{Warm}{script}\"";
}

/// <summary>The core without a cmdlet, on the sockets of every system.</summary>
internal static class Portable
{
    public const string Name = "SocketTools, the core on portable sockets";

    /// <summary>The process that runs the core.</summary>
    public static readonly string Program = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ScanHostPath").Value!;

    /// <param name="target">As SocketTools.ScanHost takes it.</param>
    /// <param name="options">Further options of that.</param>
    public static Command Command(string target, string options) =>
        new(Name, "dotnet", $"{Program} --portable {options} {target}", Read);

    private static Outcome Read(string output, double seconds)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')).Skip(1).Select(static words =>
            words[0] == "seconds" ? string.Join(' ', words) : $"{words[0]}:{words[1]} {words[2].ToLowerInvariant()}");
        return Tool.ReadLines(string.Join('\n', lines), seconds);
    }
}
