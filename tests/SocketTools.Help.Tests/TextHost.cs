using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace SocketTools.Help.Tests;

/// <summary>A host that keeps what it is given to show, as a console of so many columns would show it, which knows escape
/// sequences or does not.</summary>
internal sealed class TextHost(int width = 80, bool escapes = false) : PSHost
{
    private readonly TextInterface _ui = new(width, escapes);

    public string Text => _ui.Written.ToString();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Text";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = new(1, 0);

    /// <summary>Forgets what was shown so far.</summary>
    public void Clear() => _ui.Written.Clear();

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }
}
