using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pester.Tests;

/// <summary>The pwsh of this machine, with a Pester that can run the suites.</summary>
internal sealed class PesterHost
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<PesterHost>> LazyCurrent = new(() => FindAsync(Environment.GetEnvironmentVariable("PATH")));

    private readonly string _program;

    private PesterHost(string program, string? obstacle)
    {
        _program = program;
        Obstacle = obstacle;
    }

    /// <summary>The pwsh on PATH, looked for once.</summary>
    public static Task<PesterHost> Current => LazyCurrent.Value;

    /// <summary>Why no suite can run here, or null.</summary>
    public string? Obstacle { get; }

    /// <summary>Looks for pwsh in the folders of a PATH, and asks it for Pester.</summary>
    public static async Task<PesterHost> FindAsync(string? path)
    {
        var program = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
            .FirstOrDefault(File.Exists);
        if (program is null)
            return new PesterHost("", "no pwsh is on PATH");
        const string question =
            "$ErrorActionPreference = 'Stop'; [bool] (Get-Module -Name Pester -ListAvailable | Where-Object Version -GE '5.0')";
        var (exitCode, answer) = await RunAsync(program, CancellationToken.None, "-Command", question);
        if (exitCode != 0)
            throw new InvalidOperationException($"{program} could not be asked for Pester, and ended with exit code {exitCode}:\n{answer}");
        return new PesterHost(program, answer.Trim() == "True" ? null : $"{program} has no Pester 5 or later");
    }

    /// <summary>Runs one suite in a fresh pwsh.</summary>
    public async Task<SuiteResult> RunAsync(string suite, CancellationToken cancellation)
    {
        var report = Path.GetTempFileName();
        try
        {
            var script = Path.Combine(AppContext.BaseDirectory, "RunSuite.ps1");
            var (exitCode, output) = await RunAsync(_program, cancellation, "-File", script, "-Suite", suite, "-Report", report);
            var json = await File.ReadAllTextAsync(report, cancellation);
            if (exitCode != 0 || json.Length == 0)
                Assert.Fail($"pwsh ended with exit code {exitCode} and without a report:\n{output}");
            return JsonSerializer.Deserialize<SuiteResult>(json)!;
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program, CancellationToken cancellation, params string[] arguments)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        guard.CancelAfter(HangGuard);
        var start = new ProcessStartInfo(program, ["-NoLogo", "-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
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
            throw new TimeoutException($"{string.Join(' ', arguments)} did not end within {HangGuard.TotalMinutes} minutes.");
        }
    }
}
