using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace SocketTools.Runner;

/// <summary>Errors go to standard error and the other streams to standard output, as pwsh sends them.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly Screen _screen;
    private readonly Keyboard _keyboard;
    private readonly Questions _questions;

    internal ConsoleUserInterface(Screen screen)
    {
        Terminal.SetOutputRendering();
        _screen = screen;
        _keyboard = new Keyboard(screen);
        _questions = new Questions(this);
        RawUI = new ConsoleRawUserInterface(_keyboard);
    }

    public override PSHostRawUserInterface RawUI { get; }

    public override bool SupportsVirtualTerminal => Terminal.UnderstandsEscapes;

    /// <summary>Whether plain output is the text of an error.</summary>
    internal bool IsShowingError { get; set; }

    internal void StopAsking() => _keyboard.Stop();

    public override void Write(string value)
    {
        if (IsShowingError)
            WriteError(value);
        else
            Write(Console.Out, value, Terminal.UnderstandsEscapes);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Coloured(foregroundColor, backgroundColor, value));

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteLine(Coloured(foregroundColor, backgroundColor, value));

    public override void WriteErrorLine(string value) => WriteError(value + Environment.NewLine);

    public override void WriteWarningLine(string message) => WriteLine(Styled(FormatStyle.Warning, "WARNING: " + message));

    public override void WriteVerboseLine(string message) => WriteLine(Styled(FormatStyle.Verbose, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) => WriteLine(Styled(FormatStyle.Debug, "DEBUG: " + message));

    public override void WriteProgress(long sourceId, ProgressRecord record) => _screen.Show(sourceId, record);

    public override string ReadLine() => _keyboard.ReadLine();

    public override SecureString ReadLineAsSecureString() => _keyboard.ReadSecret();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.AskForFields(caption, message, descriptions);

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.AskForChoice(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        _questions.AskForCredential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        _questions.AskForCredential(caption, message, userName);

    private void WriteError(string text) =>
        Write(Console.Error, text, Terminal.UnderstandsEscapes && !Console.IsErrorRedirected);

    private void Write(TextWriter writer, string text, bool isTerminal) =>
        _screen.Write(writer, GetOutputString(text, isTerminal));

    private static string Styled(FormatStyle style, string text) =>
        Terminal.HasColours ? GetFormatStyleString(style) + text + PSStyle.Instance.Reset : text;

    private static string Coloured(ConsoleColor foreground, ConsoleColor background, string text) =>
        Terminal.HasColours ? Escape(foreground, background) + text + PSStyle.Instance.Reset : text;

    /// <summary>Outside Windows a terminal does not tell its colours; the engine then passes on values of no colour.</summary>
    private static string Escape(ConsoleColor foreground, ConsoleColor background) =>
        (Enum.IsDefined(foreground) ? PSStyle.MapForegroundColorToEscapeSequence(foreground) : string.Empty)
        + (Enum.IsDefined(background) ? PSStyle.MapBackgroundColorToEscapeSequence(background) : string.Empty);
}
