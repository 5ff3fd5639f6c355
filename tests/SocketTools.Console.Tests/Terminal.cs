using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

/// <summary>The built console in a terminal that tmux emulates, as someone at a keyboard sees it; 100 x 40.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    private const string Tmux = "/usr/bin/tmux";
    private const string Ended = "ended with ";
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(120);

    // A server of its own, without the user's configuration.
    private readonly string _socket = Path.Combine(Path.GetTempPath(), $"socket-tools-{Guid.NewGuid():N}");

    private Terminal()
    {
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    internal static Task<Terminal> StartAsync(params string[] arguments) => StartAsync(arguments, []);

    internal static async Task<Terminal> StartAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(File.Exists(Tmux), "tmux is not installed");
        var terminal = new Terminal();
        IEnumerable<string> program = ["dotnet", ConsoleProcess.ConsolePath, .. arguments];
        await terminal.TmuxAsync(
            [
                "-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "40", "-c", "/", "-e", "TERM=xterm-256color",
                .. environment.SelectMany(pair => new[] { "-e", $"{pair.Name}={pair.Value}" }),
                $"trap : INT; {string.Join(' ', program.Select(word => $"'{word.Replace("'", @"'\''")}'"))}; printf '\\n{Ended}%s\\n' \"$?\"; exec cat",
            ]);
        return terminal;
    }

    /// <summary>Types text as it is.</summary>
    internal Task TypeAsync(string text) => TmuxAsync("send-keys", "-l", text);

    /// <summary>Presses keys by their names, such as Enter, Tab or C-c.</summary>
    internal Task PressAsync(params string[] keys) => TmuxAsync(["send-keys", .. keys]);

    internal async Task RunAsync(string command)
    {
        await TypeAsync(command);
        await PressAsync("Enter");
    }

    /// <summary>Waits until a line of the screen is as asked for, and gives the screen.</summary>
    internal Task<string[]> WaitForLineAsync(string what, Func<string, bool> isIt) => WaitForScreenAsync(what, lines => lines.Any(isIt));

    internal Task<string[]> WaitForAsync(string text) =>
        WaitForLineAsync(text, line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for a prompt that nothing is typed behind yet.</summary>
    internal Task<string[]> WaitForPromptAsync() => WaitForLineAsync(
        "PS>", static line => line.StartsWith("PS ", StringComparison.Ordinal) && line.EndsWith('>'));

    internal Task ClearAsync() => PressAsync("C-l");

    /// <summary>The lines of the screen without blank ones; <paramref name="withColors"/> keeps escape sequences.</summary>
    internal async Task<string[]> ScreenAsync(bool withColors = false)
    {
        var screen = await TmuxAsync(withColors ? ["capture-pane", "-p", "-e"] : ["capture-pane", "-p"]);
        return [.. screen.Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length > 0)];
    }

    /// <summary>The exit code of the program, after its end.</summary>
    internal async Task<int> EndAsync()
    {
        static bool IsEnd(string line) => line.StartsWith(Ended, StringComparison.Ordinal);
        var screen = await WaitForLineAsync(Ended, IsEnd);
        return int.Parse(screen.Single(IsEnd)[Ended.Length..], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await TmuxAsync("kill-server");
        File.Delete(_socket);
    }

    private async Task<string[]> WaitForScreenAsync(string what, Func<string[], bool> isIt)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var lines = await ScreenAsync();
            if (isIt(lines))
                return lines;
            if (clock.Elapsed > HangGuard)
                Assert.Fail($"No line with '{what}' within {HangGuard.TotalSeconds} s:\n{string.Join('\n', lines)}");
            await Task.Delay(50, Test);
        }
    }

    private async Task<string> TmuxAsync(params string[] words)
    {
        var start = new ProcessStartInfo(Tmux, ["-S", _socket, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TMUX");
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"tmux {string.Join(' ', words)}: {await error}");
        return output;
    }
}
