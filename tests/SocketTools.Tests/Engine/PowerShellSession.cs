using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace SocketTools.Tests;

/// <summary>A PowerShell session in this process with the built module, and the test project's own cmdlets, imported.</summary>
public sealed class PowerShellSession : IDisposable
{
    // The engine reports its use over the network unless told not to.
    static PowerShellSession() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

    public PowerShellSession(PSHost? host = null)
    {
        var state = InitialSessionState.CreateDefault();
        Runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        Runspace.Open();
        using var shell = PowerShell.Create(Runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", BuiltModule.Manifest).AddStatement();
        shell.AddCommand("Import-Module").AddParameter("Assembly", Assembly.GetExecutingAssembly());
        shell.Invoke();
        Assert.Empty(shell.Streams.Error);
    }

    public Runspace Runspace { get; }

    /// <summary>Runs a script to its end; a terminating error is the last of the errors.</summary>
    public ScriptResult Run(string script, params object[] input)
    {
        using var shell = Prepare(script);
        var output = new List<PSObject>();
        var errors = new List<ErrorRecord>();
        try
        {
            shell.Invoke(input, output);
            errors.AddRange(shell.Streams.Error);
        }
        catch (RuntimeException error)
        {
            errors.AddRange(shell.Streams.Error);
            errors.Add(error.ErrorRecord);
        }
        return new ScriptResult(
            output,
            errors,
            [.. shell.Streams.Warning.Select(static w => w.Message)],
            [.. shell.Streams.Verbose.Select(static v => v.Message)],
            [.. shell.Streams.Progress]);
    }

    /// <summary>A script that is ready to be started, for tests that stop it on the way.</summary>
    public PowerShell Prepare(string script)
    {
        var shell = PowerShell.Create(Runspace);
        shell.AddScript(script, useLocalScope: false);
        return shell;
    }

    public void Dispose() => Runspace.Dispose();
}

/// <summary>What a script wrote.</summary>
public sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The only record, after making sure that nothing went wrong.</summary>
    public T Only<T>()
    {
        Assert.Empty(Errors);
        return Assert.IsType<T>(Assert.Single(Output).BaseObject);
    }

    /// <summary>All records, after making sure that nothing went wrong.</summary>
    public T[] All<T>()
    {
        Assert.Empty(Errors);
        return [.. Output.Select(static o => Assert.IsType<T>(o.BaseObject))];
    }
}
