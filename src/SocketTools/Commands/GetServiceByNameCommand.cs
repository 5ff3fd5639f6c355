using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells which ports a service is registered for.</summary>
[Cmdlet(VerbsCommon.Get, "ServiceByName")]
[OutputType(typeof(ServiceInfo))]
public sealed class GetServiceByNameCommand : PSCmdlet
{
    /// <summary>The services' names or aliases; wildcards match both.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The protocols; both unless given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public TransportProtocol[] Protocol { get; set; } = [TransportProtocol.Tcp, TransportProtocol.Udp];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var services = Find(name).Where(service => Protocol.Contains(service.Protocol)).ToArray();
            WriteObject(services, enumerateCollection: true);
            if (services.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(ErrorRecords.ServiceNotFound(name, "Wildcards find similar names, such as *sql*."));
        }
    }

    private static IEnumerable<ServiceInfo> Find(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
            return ServiceRegistry.Default.FindByName(name);
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return ServiceRegistry.Default.All.Where(service => pattern.IsMatch(service.Name) || service.Aliases.Any(pattern.IsMatch));
    }
}
