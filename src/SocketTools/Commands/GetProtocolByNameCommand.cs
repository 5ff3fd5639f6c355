using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells the number of a protocol over IP.</summary>
[Cmdlet(VerbsCommon.Get, "ProtocolByName")]
[OutputType(typeof(ProtocolInfo))]
public sealed class GetProtocolByNameCommand : PSCmdlet
{
    private bool _fromArgument;

    /// <summary>The protocols' names or aliases, of which wildcards match both, or their numbers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Protocol")]
    [ProtocolNameArgument]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() => _fromArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var protocols = isNumber ? WithNumber(number) : Named(name);
            WriteObject(protocols, enumerateCollection: true);
            // As with ports: numbers without a name are gaps where many are piped in.
            if (protocols.Count == 0 && (isNumber ? _fromArgument : !WildcardPattern.ContainsWildcardCharacters(name)))
                WriteError(ErrorRecords.ProtocolNotFound(name));
        }
    }

    private static List<ProtocolInfo> WithNumber(int number) =>
        ProtocolRegistry.Default.FindByNumber(number) is { } protocol ? [protocol] : [];

    private static List<ProtocolInfo> Named(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
            return [.. ProtocolRegistry.Default.FindByName(name)];
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return [.. ProtocolRegistry.Default.All.Where(protocol => pattern.IsMatch(protocol.Name) || protocol.Aliases.Any(pattern.IsMatch))];
    }
}
