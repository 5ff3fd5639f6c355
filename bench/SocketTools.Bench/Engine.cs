using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace SocketTools.Bench;

/// <summary>The cmdlet on an engine in this process.</summary>
internal static class Engine
{
    private static readonly Lazy<Runspace> LazyRunspace = new(Open);

    public static string Manifest { get; } = FindManifest();

    public static Contender Contender(string command) => new("SocketTools, engine in process", null, () =>
    {
        using var shell = PowerShell.Create(LazyRunspace.Value);
        shell.AddScript(command);
        var clock = Stopwatch.StartNew();
        var results = shell.Invoke();
        return new Outcome(
            clock.Elapsed.TotalSeconds,
            [.. results.Select(static r => $"{r.Properties["Address"].Value}:{r.Properties["Port"].Value}")]);
    });

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
    public static Contender Contender(string command) => new(
        "SocketTools, typed into pwsh",
        Tool.Find("pwsh") is null ? "pwsh is not installed" : null,
        () => Tool.ReadLines(Tool.Run(
            Tool.Find("pwsh")!,
            $"-NoProfile -Command \"Import-Module '{Engine.Manifest}'; $null = Test-TcpPort 127.0.0.1 1-2000; " +
            $"$clock = [Diagnostics.Stopwatch]::StartNew(); $open = {command}; 'seconds ' + $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture); " +
            "$open | ForEach-Object { $_.Address + ':' + $_.Port }\"")));
}
