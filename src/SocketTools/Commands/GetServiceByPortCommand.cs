using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells which service is registered for a port.</summary>
[Cmdlet(VerbsCommon.Get, "ServiceByPort")]
[OutputType(typeof(ServiceInfo))]
public sealed class GetServiceByPortCommand : PSCmdlet
{
    private bool _fromArgument;

    /// <summary>The ports.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet Port { get; set; } = null!;

    /// <summary>The protocols; TCP unless given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public TransportProtocol[] Protocol { get; set; } = [TransportProtocol.Tcp];

    /// <inheritdoc/>
    protected override void BeginProcessing() => _fromArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Port));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var services =
            from port in Port
            from protocol in Protocol
            let service = ServiceRegistry.Default.FindByPort(port, protocol)
            where service is not null
            select service;
        var found = new HashSet<int>();
        foreach (var service in services)
        {
            found.Add(service.Port);
            WriteObject(service);
        }
        foreach (var port in Port.Single.Where(port => _fromArgument && !found.Contains(port)))
            WriteError(ErrorRecords.ServiceNotFound(port.ToString(CultureInfo.InvariantCulture), "Get-ServiceByName finds services by name."));
    }
}
