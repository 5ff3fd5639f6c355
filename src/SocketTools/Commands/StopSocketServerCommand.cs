using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Stops servers that run in this process.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SocketServer", SupportsShouldProcess = true, DefaultParameterSetName = ServerSet)]
[Alias("Stop-EchoServer")]
[OutputType(typeof(SocketServer))]
public sealed class StopSocketServerCommand : PSCmdlet
{
    private const string ServerSet = "Server";
    private const string PortParameterSet = "Port";

    /// <summary>The servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    public SocketServer[] Server { get; set; } = [];

    /// <summary>The ports of the servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PortParameterSet)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(ServerPortCompleter))]
    public PortSet Port { get; set; } = null!;

    /// <summary>Gives the stopped servers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in ParameterSetName == ServerSet ? Server : OnPorts())
        {
            if (!ShouldProcess(server.ToString(), "Stop the server"))
                continue;
            server.Stop();
            if (PassThru)
                WriteObject(server);
        }
    }

    private IEnumerable<SocketServer> OnPorts()
    {
        var running = ServerTable.Running.ToLookup(static server => server.Port);
        foreach (var port in Port.Single.Where(port => !running.Contains(port)))
            WriteError(ErrorRecords.ServerNotFound(port));
        return Port.SelectMany(port => running[port]);
    }
}
