using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SocketTools.Completers;

/// <summary>Completes protocol names, with the number as tool tip.</summary>
public sealed class ProtocolCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return ProtocolRegistry.Default.All
            .Where(protocol => protocol.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(static protocol => new CompletionResult(
                protocol.Name, protocol.Name, CompletionResultType.ParameterValue, Tip(protocol)));
    }

    private static string Tip(ProtocolInfo protocol)
    {
        var number = protocol.Number.ToString(CultureInfo.InvariantCulture);
        return protocol.Description.Length == 0 ? number : $"{number}: {protocol.Description}";
    }
}
