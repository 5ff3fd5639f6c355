using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SocketTools.Completers;

/// <summary>Completes what begins as a word that is asked for, in quotation marks where they were begun or are needed.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var quote = wordToComplete.Length > 0 && wordToComplete[0] is '\'' or '"' ? wordToComplete[0] : default;
        var begun = wordToComplete.Trim('\'', '"');
        return Words
            .Where(found => found.Word.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(found => new CompletionResult(
                found.Expression ?? Quoted(found.Word, quote), found.Word, CompletionResultType.ParameterValue, found.Tip.Length == 0 ? found.Word : found.Tip));
    }

    /// <summary>The words, in the order in which they are offered, each with its tool tip.</summary>
    private protected abstract IEnumerable<Candidate> Words { get; }

    private static string Quoted(string word, char quote) => quote switch
    {
        '"' => '"' + word.Replace("`", "``").Replace("$", "`$").Replace("\"", "`\"") + '"',
        '\'' => '\'' + CodeGeneration.EscapeSingleQuotedStringContent(word) + '\'',
        _ => IsBare(word) ? word : Quoted(word, '\''),
    };

    // What PowerShell takes for one argument, and as text, without quotation marks.
    private static bool IsBare(string word) =>
        char.IsLetterOrDigit(word[0]) && word.All(static c => char.IsLetterOrDigit(c) || "-_./:+".IndexOf(c) >= 0);
}
