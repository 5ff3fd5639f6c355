using System;
using System.Collections.Generic;
using System.IO;

namespace SocketTools.Runner;

/// <summary>What the command line asks for, in the grammar of pwsh.</summary>
internal sealed class CommandLine
{
    internal const string Usage = """
        Runs PowerShell commands with the SocketTools module loaded, without an installed PowerShell.

        Usage:
          dotnet run --project src/SocketTools.Console -- "Test-TcpPort localhost 22"
          dotnet run --project src/SocketTools.Console -- [-Command] TEXT...
          dotnet run --project src/SocketTools.Console -- -File SCRIPT.ps1 [ARGUMENT...]
          dotnet run --project src/SocketTools.Console < SCRIPT.ps1

          -Command, -c   the words that follow, joined by spaces; - reads the script from standard input
          -File, -f      a script; its arguments are -Name value pairs, switches and positional values
          -Help, -h      this text

        Exit code: N after 'exit N', 0 on success, 1 on failure, 64 for bad arguments, 130 after Ctrl+C.
        The bare engine lacks Select-Object, Sort-Object, Format-Table, ConvertTo-Json, Write-Host and more; pwsh has them.
        """;

    private CommandLine()
    {
    }

    internal bool ShowHelp { get; private init; }

    /// <summary>Why the arguments were refused, or null.</summary>
    internal string? Error { get; private init; }

    internal bool ReadsStandardInput { get; private init; }

    internal string? Command { get; private init; }

    /// <summary>Full path of the script, or null.</summary>
    internal string? File { get; private init; }

    internal IReadOnlyList<string> FileArguments { get; private init; } = [];

    internal static CommandLine Parse(string[] words, bool isInputRedirected)
    {
        if (words.Length == 0)
            return isInputRedirected ? new() { ReadsStandardInput = true } : new() { Error = "Nothing to run." };
        if (!IsParameter(words[0]))
            return FromCommand(words, isInputRedirected);

        var rest = words[1..];
        return words[0][1..].ToUpperInvariant() switch
        {
            "HELP" or "H" or "?" or "-HELP" => new() { ShowHelp = true },
            "COMMAND" or "C" => FromCommand(rest, isInputRedirected),
            "FILE" or "F" => FromFile(rest),
            _ => new() { Error = $"'{words[0]}' is not a parameter; -Command, -File and -Help are." },
        };
    }

    private static CommandLine FromCommand(string[] words, bool isInputRedirected)
    {
        if (words is ["-"])
        {
            return isInputRedirected
                ? new() { ReadsStandardInput = true }
                : new() { Error = "-Command - reads a script from standard input, which is not redirected." };
        }
        return words.Length == 0
            ? new() { Error = "-Command needs the text to run." }
            : new() { Command = string.Join(' ', words) };
    }

    private static CommandLine FromFile(string[] words)
    {
        if (words.Length == 0)
            return new() { Error = "-File needs the path of a script." };
        if (!words[0].EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            return new() { Error = $"'{words[0]}' is not a PowerShell script: its name does not end in .ps1." };
        return System.IO.File.Exists(words[0])
            ? new() { File = Path.GetFullPath(words[0]), FileArguments = words[1..] }
            : new() { Error = $"There is no script '{words[0]}'." };
    }

    private static bool IsParameter(string word) => word.Length > 1 && word[0] == '-';
}
