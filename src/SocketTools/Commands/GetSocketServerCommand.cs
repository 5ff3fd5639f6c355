using System.Linq;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Lists the servers that run in this process.</summary>
[Cmdlet(VerbsCommon.Get, "SocketServer")]
[OutputType(typeof(SocketServer))]
public sealed class GetSocketServerCommand : PSCmdlet
{
    /// <summary>Only the servers on these ports.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(ServerPortCompleter))]
    public PortSet? Port { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var servers = ServerTable.Running.Where(server => Port?.Contains(server.Port) ?? true).ToArray();
        WriteObject(servers, enumerateCollection: true);
        foreach (var port in Port?.Single.Except(servers.Select(static server => server.Port)) ?? [])
            WriteError(ErrorRecords.ServerNotFound(port));
    }
}
