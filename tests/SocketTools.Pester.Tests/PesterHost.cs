using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SocketTools.Runner;

namespace SocketTools.Pester.Tests;

/// <summary>A PowerShell that runs Pester suites, each in a process of its own.</summary>
internal sealed class PesterHost
{
    /// <summary>The name of the PowerShell from the package.</summary>
    public const string Package = "package";

    private const string ProgramsVariable = "SOCKETTOOLS_PWSH";
    private const string VersionVariable = "SOCKETTOOLS_PESTER";
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(10);

    private readonly string _program;

    /// <param name="program">The path of a pwsh, or <see cref="Package"/>.</param>
    public PesterHost(string program) => _program = program;

    /// <summary>Every PowerShell that the suites run in: those of SOCKETTOOLS_PWSH, else the package's and the one on PATH.</summary>
    public static List<string> Programs { get; } = [.. FindPrograms(
        Environment.GetEnvironmentVariable(ProgramsVariable), Environment.GetEnvironmentVariable("PATH"))];

    /// <summary>The manifest of the Pester that runs the suites: of the version in SOCKETTOOLS_PESTER, or of the newest.</summary>
    private static string PesterManifest => Path.Combine(
        PowerShellProcess.Metadata("PesterPackages"),
        Environment.GetEnvironmentVariable(VersionVariable) ?? PowerShellProcess.Metadata("PesterVersion"),
        "tools",
        "Pester.psd1");

    public static IReadOnlyList<string> FindPrograms(string? chosen, string? path)
    {
        if (!string.IsNullOrEmpty(chosen))
            return chosen.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var onPath = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
            .FirstOrDefault(File.Exists);
        // Some suites start this PowerShell again by the path of its process, which has to be its own program.
        string[] packaged = PowerShellProcess.HasProgram || onPath is null ? [Package] : [];
        return onPath is null ? packaged : [.. packaged, onPath];
    }

    /// <summary>Runs one suite in a fresh PowerShell.</summary>
    public async Task<SuiteResult> RunAsync(string suite, CancellationToken cancellation)
    {
        var report = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = await RunScriptAsync(suite, report, cancellation);
            var json = await File.ReadAllTextAsync(report, cancellation);
            if (exitCode != 0 || json.Length == 0)
                Assert.Fail($"PowerShell ended with exit code {exitCode} and without a report:\n{output}");
            return JsonSerializer.Deserialize<SuiteResult>(json)!;
        }
        finally
        {
            File.Delete(report);
        }
    }

    private async Task<(int ExitCode, string Output)> RunScriptAsync(string suite, string report, CancellationToken cancellation)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        guard.CancelAfter(HangGuard);
        using var process = Process.Start(CreateStart(suite, report))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(guard.Token);
        var error = process.StandardError.ReadToEndAsync(guard.Token);
        try
        {
            await process.WaitForExitAsync(guard.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"{suite} did not end within {HangGuard.TotalMinutes} minutes.");
        }
    }

    private ProcessStartInfo CreateStart(string suite, string report)
    {
        string[] arguments =
        [
            "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass",
            "-File", Path.Combine(AppContext.BaseDirectory, "RunSuite.ps1"), "-Suite", suite, "-Report", report, "-Pester", PesterManifest,
        ];
        var start = _program == Package ? PowerShellProcess.Create(arguments) : PowerShellProcess.Create(_program, arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["NO_COLOR"] = "1";
        return start;
    }
}
