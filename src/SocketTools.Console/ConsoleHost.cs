using System;
using System.Globalization;
using System.Management.Automation.Host;
using System.Reflection;

namespace SocketTools.Runner;

internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUserInterface _userInterface;

    internal ConsoleHost()
    {
        Screen = new Screen();
        _userInterface = new ConsoleUserInterface(Screen);
    }

    internal Screen Screen { get; }

    /// <summary>What 'exit N' asked for, or null.</summary>
    internal int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "SocketTools.Console";

    public override PSHostUserInterface UI => _userInterface;

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version ?? new Version();

    public override void EnterNestedPrompt() =>
        throw new NotSupportedException("This is a runner, not a shell: it has no prompt to suspend a command to.");

    public override void ExitNestedPrompt() =>
        throw new NotSupportedException("This is a runner, not a shell: there is no nested prompt to leave.");

    /// <summary>A program of the operating system is about to write to the terminal.</summary>
    public override void NotifyBeginApplication() => Screen.EraseProgress();

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <summary>Out-Default knows errors by a mark of the engine's own; what ended a pipeline comes without it.</summary>
    internal void ShowAsError(Action show)
    {
        _userInterface.IsShowingError = true;
        try
        {
            show();
        }
        finally
        {
            _userInterface.IsShowingError = false;
        }
    }

    internal void StopAsking() => _userInterface.StopAsking();
}
