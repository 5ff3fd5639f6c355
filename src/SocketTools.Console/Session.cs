using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using Microsoft.PowerShell;

namespace SocketTools.Runner;

/// <summary>The embedded engine: runs one pipeline after the other and tells how it ended.</summary>
internal sealed class Session : IDisposable
{
    private readonly ConsoleHost _host = new();
    private readonly Runspace _runspace;
    private readonly Lock _gate = new();
    private Pipeline? _running;

    internal Session()
    {
        var state = InitialSessionState.CreateDefault2();
        // Without pwsh's own configuration file the engine would refuse scripts and views on Windows.
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    internal bool IsStopped { get; private set; }

    /// <summary>Runs a script into Out-Default, and tells its exit code.</summary>
    internal int Run(Script script)
    {
        if (script.Errors.Count > 0)
        {
            // The engine's own exception for a text that ends too early has no place in it and shows as an empty line.
            Show(new ParseException([.. script.Errors]));
            return ExitCode.Failure;
        }
        if (string.IsNullOrWhiteSpace(script.Text))
            return ExitCode.Success;
        // Only a pipeline that goes to the history leaves $? as its last statement set it.
        using var pipeline = _runspace.CreatePipeline(script.Text, addToHistory: true);
        if (!TryRun(pipeline, script.Input))
            return ExitCode.Failure;
        if (_host.ExitCode is { } code)
            return code;
        return script.IsFile || IsLastStatementSuccessful ? ExitCode.Success : ExitCode.Failure;
    }

    internal bool TryImport(string manifest)
    {
        using var pipeline = _runspace.CreatePipeline();
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", manifest);
        pipeline.Commands.Add(import);
        return TryRun(pipeline, []);
    }

    /// <summary>Asks the running pipeline to stop and lets no other start; returns at once.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            IsStopped = true;
            _running?.StopAsync();
        }
        _host.StopAsking();
    }

    internal void LeaveScreen() => _host.Screen.Leave();

    public void Dispose()
    {
        _runspace.Dispose();
        LeaveScreen();
    }

    /// <summary>$?, which only the engine's own language can read.</summary>
    private bool IsLastStatementSuccessful
    {
        get
        {
            using var pipeline = _runspace.CreatePipeline("$?");
            return pipeline.Invoke() is [{ BaseObject: true }];
        }
    }

    private static Command OutDefault() => new("Out-Default", isScript: false, useLocalScope: true);

    private bool TryRun(Pipeline pipeline, IEnumerable<object> input)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(OutDefault());
        var error = Invoke(pipeline, input);
        if (error is not null && !IsStopped)
            Show(error);
        return error is null;
    }

    /// <summary>The error that ended the pipeline, or null.</summary>
    private Exception? Invoke(Pipeline pipeline, IEnumerable<object> input)
    {
        try
        {
            lock (_gate)
            {
                if (IsStopped)
                    return new PipelineStoppedException();
                _running = pipeline;
            }
            pipeline.Invoke(input);
            return IsStopped ? new PipelineStoppedException() : null;
        }
        catch (Exception error)
        {
            return error;
        }
        finally
        {
            lock (_gate)
                _running = null;
            _host.Screen.EndProgress();
        }
    }

    private void Show(Exception error)
    {
        var record = (error as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(error, "RunFailed", ErrorCategory.NotSpecified, null);
        _host.ShowAsError(() =>
        {
            using var pipeline = _runspace.CreatePipeline();
            pipeline.Commands.Add(OutDefault());
            if (Invoke(pipeline, [record]) is not null)
                _host.UI.WriteErrorLine(error.ToString());
        });
    }
}
