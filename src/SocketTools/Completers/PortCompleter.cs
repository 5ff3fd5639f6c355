using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SocketTools.Completers;

/// <summary>Completes service names where a port is asked for, with the number as tool tip.</summary>
public sealed class PortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return ServiceRegistry.Default.All
            .Where(service => service.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .GroupBy(static service => service.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static named => named.First())
            .OrderBy(static service => service.Name.Length)
            .ThenBy(static service => service.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static service => new CompletionResult(
                service.Name, service.Name, CompletionResultType.ParameterValue, Tip(service)));
    }

    private static string Tip(ServiceInfo service)
    {
        var endPoint = string.Format(CultureInfo.InvariantCulture, "{0} {1}", service.Port, service.Protocol);
        return service.Description.Length == 0 ? endPoint : $"{endPoint}: {service.Description}";
    }
}
