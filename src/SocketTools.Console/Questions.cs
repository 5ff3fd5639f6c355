using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace SocketTools.Runner;

/// <summary>The questions of mandatory parameters, confirmations and credentials, worded as in pwsh.</summary>
internal sealed class Questions(ConsoleUserInterface ui)
{
    private const string HelpRequest = "!?";

    internal Dictionary<string, PSObject> AskForFields(
        string caption, string message, Collection<FieldDescription> fields)
    {
        Keyboard.Demand();
        Introduce(caption, message);
        if (fields.Any(field => !string.IsNullOrEmpty(field.HelpMessage)))
            ui.WriteLine($"(Type {HelpRequest} for Help.)");
        return fields.ToDictionary(field => field.Name, field => new PSObject(AskForField(field)));
    }

    internal int AskForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Keyboard.Demand();
        Introduce(caption, message);
        var keys = choices.Select(choice => new ChoiceKey(choice.Label)).ToList();
        var help = defaultChoice < 0 ? "[?] Help: " : $"[?] Help (default is \"{keys[defaultChoice].Key}\"): ";
        while (true)
        {
            ui.Write(string.Concat(keys.Select(key => $"[{key.Key}] {key.Label}  ")) + help);
            var answer = ui.ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (keys.FindIndex(key => key.Matches(answer)) is >= 0 and var chosen)
                return chosen;
            if (answer != "?")
                continue;
            foreach (var (key, choice) in keys.Zip(choices))
                ui.WriteLine($"{key.Key} - {choice.HelpMessage}");
        }
    }

    internal PSCredential AskForCredential(string caption, string message, string userName)
    {
        Keyboard.Demand();
        Introduce(caption, message);
        while (string.IsNullOrEmpty(userName))
        {
            ui.Write("User: ");
            userName = ui.ReadLine();
        }
        return new PSCredential(userName, AskForSecret($"Password for user {userName}: "));
    }

    private void Introduce(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            ui.WriteLine();
            ui.WriteLine(caption);
        }
        if (!string.IsNullOrEmpty(message))
            ui.WriteLine(message);
    }

    /// <summary>Text, which the parameter binder converts; it knows the type's own conversions, and says what failed.</summary>
    private object AskForField(FieldDescription field)
    {
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(SecureString))
            return AskForSecret($"{field.Name}: ");
        if (type == typeof(PSCredential))
            return AskForCredential(string.Empty, field.Name, string.Empty);
        return typeof(IList).IsAssignableFrom(type) ? AskForList(field) : AskForText($"{field.Name}: ", field);
    }

    private string[] AskForList(FieldDescription field)
    {
        var items = new List<string>();
        while (AskForText($"{field.Name}[{items.Count}]: ", field) is { Length: > 0 } item)
            items.Add(item);
        return [.. items];
    }

    private string AskForText(string question, FieldDescription field)
    {
        while (true)
        {
            ui.Write(question);
            var answer = ui.ReadLine();
            if (answer != HelpRequest)
                return answer;
            ui.WriteLine(string.IsNullOrEmpty(field.HelpMessage) ? $"{field.Name} has no help." : field.HelpMessage);
        }
    }

    private SecureString AskForSecret(string question)
    {
        ui.Write(question);
        return ui.ReadLineAsSecureString();
    }

    /// <summary>The label "Yes to &amp;All": the key A, and the words without the mark.</summary>
    private sealed class ChoiceKey
    {
        internal ChoiceKey(string label)
        {
            Label = label.Replace("&", string.Empty, StringComparison.Ordinal);
            var mark = label.IndexOf('&', StringComparison.Ordinal);
            Key = mark >= 0 && mark + 1 < label.Length ? label.Substring(mark + 1, 1).ToUpperInvariant() : Label;
        }

        internal string Key { get; }

        internal string Label { get; }

        internal bool Matches(string answer) =>
            answer.Equals(Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(Label, StringComparison.OrdinalIgnoreCase);
    }
}
