using System.Linq;
using System.Management.Automation;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Lists the connections that are open in this process.</summary>
[Cmdlet(VerbsCommon.Get, "SocketConnection")]
[OutputType(typeof(SocketConnection))]
public sealed class GetSocketConnectionCommand : PSCmdlet
{
    /// <summary>Only the connections with these numbers.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public int[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connections = ConnectionTable.Open.Where(connection => Id?.Contains(connection.Id) ?? true).ToArray();
        WriteObject(connections, enumerateCollection: true);
        foreach (var id in Id?.Except(connections.Select(static connection => connection.Id)) ?? [])
            WriteError(ErrorRecords.ConnectionNotFound(id));
    }
}
