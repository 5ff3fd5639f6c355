using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SocketTools.Completers;

/// <summary>Completes the ports of running servers.</summary>
public sealed class ServerPortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from server in ServerTable.Running
        let port = server.Port.ToString(CultureInfo.InvariantCulture)
        where port.StartsWith(wordToComplete, StringComparison.Ordinal)
        select new CompletionResult(port, port, CompletionResultType.ParameterValue, server.ToString());
}
