using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using SocketTools.Help.Tests;

namespace SocketTools.Tests;

/// <summary>The examples of a page, run one after the other in one session, as a reader would.</summary>
internal static class ExampleRun
{
    private const int Columns = 120;

    /// <summary>Commands of PowerShell's own modules, which the engine alone lacks. A name that is neither here nor in
    /// the session is a slip of the page.</summary>
    private static readonly string[] OfPowerShell =
    [
        "ConvertFrom-Csv", "ConvertTo-Json", "Export-Clixml", "Export-Csv", "Format-List", "Format-Table", "Group-Object",
        "Import-Csv", "Measure-Object", "Register-ObjectEvent", "Select-Object", "Sort-Object", "Unregister-Event", "Wait-Event",
    ];

    /// <summary>What each example showed, by its title.</summary>
    public static IReadOnlyDictionary<string, ExampleResult> Of(string page)
    {
        var host = new TextHost(Columns);
        using var session = new PowerShellSession(host);
        Assert.Empty(session.Run("$PSModuleAutoLoadingPreference = 'None'").Errors);
        return ExamplePages.All[page].ToDictionary(static example => example.Title, example => Run(example.Code, session, host));
    }

    private static ExampleResult Run(string code, PowerShellSession session, TextHost host)
    {
        if (MissingIn(code, session) is { } missing)
            return new ExampleResult(missing, "", []);
        host.Clear();
        using var shell = session.Prepare(code);
        shell.AddCommand("Out-Default");
        var errors = new List<string>();
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException error)
        {
            errors.Add(error.Message);
        }
        return new ExampleResult(null, host.Text, [.. shell.Streams.Error.Select(static error => error.ToString()), .. errors]);
    }

    private static string? MissingIn(string code, PowerShellSession session)
    {
        var script = Parser.ParseInput(code, out _, out _);
        var own = script.FindAll(static ast => ast is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().Select(static f => f.Name);
        return script.FindAll(static ast => ast is CommandAst, true).Cast<CommandAst>()
            .Select(static command => command.GetCommandName())
            .Where(static name => name is not null)
            .Except(own, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(name => OfPowerShell.Contains(name, StringComparer.OrdinalIgnoreCase)
                && session.Run($"Get-Command '{name}' -ErrorAction Ignore").Output.Count == 0);
    }
}

/// <summary>What an example showed, or the command that it needs and the session does not have.</summary>
internal sealed record ExampleResult(string? Missing, string Text, IReadOnlyList<string> Errors);
