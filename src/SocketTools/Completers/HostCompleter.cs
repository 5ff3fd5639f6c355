using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SocketTools.Completers;

/// <summary>Completes the names of the hosts file where a host is asked for, with the address as tool tip.</summary>
public sealed class HostCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return HostsFile.Read(SystemFiles.Hosts)
            .Where(host => host.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .GroupBy(static host => host.Name, StringComparer.OrdinalIgnoreCase)
            .OrderBy(static host => host.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static host => new CompletionResult(
                host.Key, host.Key, CompletionResultType.ParameterValue, string.Join(", ", host.Select(static h => h.Address).Distinct())));
    }
}
