using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    internal string[] Lines => Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    internal Outcome WithUnixLines() => new(ExitCode, Output.ReplaceLineEndings("\n"), Error.ReplaceLineEndings("\n"));
}

/// <summary>The built console as a child process; whatever hangs is killed after two minutes.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(120);
    private readonly CancellationTokenSource _guard =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly StringBuilder _output = new();
    private readonly char[] _buffer = new char[4096];

    private ConsoleProcess(ProcessStartInfo start, params IEnumerable<(string Name, string Value)> environment)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove("COLUMNS");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _guard.CancelAfter(HangGuard);
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync(_guard.Token);
    }

    internal static string ConsolePath { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ConsolePath").Value!;

    internal static ConsoleProcess Start(params string[] arguments) =>
        new(new ProcessStartInfo("dotnet", [ConsolePath, .. arguments]) { WorkingDirectory = Path.GetTempPath() });

    /// <summary>On a pseudo-terminal, which script of util-linux opens; 80 x 24, since it has no window.</summary>
    internal static ConsoleProcess StartOnTerminal(params string[] arguments) => StartOnTerminal(arguments, []);

    internal static ConsoleProcess StartOnTerminal(string[] arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "no script of util-linux here");
        var quoted = string.Join(' ', arguments.Prepend(ConsolePath).Select(word => $"'{word.Replace("'", @"'\''")}'"));
        var start = new ProcessStartInfo(
            "env", ["--default-signal=INT", "script", "-qec", $"exec dotnet {quoted}", "/dev/null"]);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["SHELL"] = "/bin/sh";
        return new(start, environment);
    }

    internal static Task<Outcome> RunAsync(params string[] arguments) => RunWithInputAsync(string.Empty, arguments);

    internal static async Task<Outcome> RunWithInputAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.TypeAsync(input);
        process._process.StandardInput.Close();
        return await process.EndAsync();
    }

    internal async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text.AsMemory(), _guard.Token);
        await _process.StandardInput.FlushAsync(_guard.Token);
    }

    /// <summary>Reads on until the output so far contains the text.</summary>
    internal async Task WaitForAsync(string text)
    {
        while (!_output.ToString().Contains(text, StringComparison.Ordinal))
        {
            if (!await ReadAsync())
                Assert.Fail($"The output ended before '{text}': {_output} {await _error}");
        }
    }

    internal async Task<Outcome> EndAsync()
    {
        while (await ReadAsync())
        {
        }
        await _process.WaitForExitAsync(_guard.Token);
        return new(_process.ExitCode, _output.ToString(), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _guard.Dispose();
        _process.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var count = 0;
        try
        {
            count = await _process.StandardOutput.ReadAsync(_buffer, _guard.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Nothing came for {HangGuard.TotalSeconds} seconds after: {_output}");
        }
        _output.Append(_buffer, 0, count);
        return count > 0;
    }
}
