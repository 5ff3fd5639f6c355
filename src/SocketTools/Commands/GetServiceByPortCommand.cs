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
    private bool _protocolGiven;

    /// <summary>The ports.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ServicePortArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet Port { get; set; } = null!;

    /// <summary>The protocols; TCP unless given.</summary>
    [Parameter(Position = 1)]
    public TransportProtocol[] Protocol { get; set; } = [TransportProtocol.Tcp];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _fromArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Port));
        _protocolGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Protocol));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var protocols = _protocolGiven ? Protocol : Port.Protocols ?? Protocol;
        var found = false;
        foreach (var port in Port)
        {
            foreach (var protocol in protocols)
            {
                if (ServiceRegistry.Default.FindByPort(port, protocol) is not { } service)
                    continue;
                found = true;
                WriteObject(service);
            }
        }
        if (!found && _fromArgument && Port.Count == 1)
            WriteError(ErrorRecords.ServiceNotFound(Port.ToString(), "Get-ServiceByName finds services by name."));
    }
}
