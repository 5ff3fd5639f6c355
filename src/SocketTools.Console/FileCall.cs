using System.Collections.Generic;
using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;

namespace SocketTools.Runner;

/// <summary>The call of a script file, whose arguments are words of the command line, as the text of a command.</summary>
internal static partial class FileCall
{
    /// <summary>
    /// The engine keeps the 'exit N' of a script file to itself: it sets $LASTEXITCODE and fails the call unless N is 0.
    /// A call that fails without it was refused, since its arguments did not fit.
    /// </summary>
    private const string PassExitCode = "; if (-not $?) { exit $LASTEXITCODE ?? 1 }";

    internal static string ToText(string path, IEnumerable<string> words)
    {
        var call = new StringBuilder("& ").Append(Quote(path));
        var isValueDue = false;
        foreach (var word in words)
        {
            var name = NamePattern().Match(word);
            call.Append(' ').Append(isValueDue || !name.Success ? Quote(word) : ToParameter(name));
            isValueDue = !isValueDue && name.Success && word.EndsWith(':');
        }
        return call.Append(PassExitCode).ToString();
    }

    private static string ToParameter(Match match)
    {
        var value = match.Groups["value"];
        if (!value.Success || value.Length == 0)
            return match.Value;
        return match.Groups["name"].Value + (IsBool(value.Value) ? $"${value.Value.TrimStart('$')}" : Quote(value.Value));
    }

    private static bool IsBool(string text) => bool.TryParse(text.TrimStart('$'), out _);

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"^(?<name>-[\p{L}_]\w*:?)(?<value>(?<=:).*)?$", RegexOptions.Singleline)]
    private static partial Regex NamePattern();
}
