using System.Management.Automation;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Ends connections, or this side's half of them.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Socket", DefaultParameterSetName = "Graceful")]
[OutputType(typeof(SocketConnection))]
public sealed class DisconnectSocketCommand : ConnectionCmdlet
{
    /// <summary>The connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public SocketConnection[] Connection { get; set; } = [];

    /// <summary>Says that this side has said all, and goes on receiving.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "SendOnly")]
    public SwitchParameter SendOnly { get; set; }

    /// <summary>Resets the connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Reset")]
    public SwitchParameter Reset { get; set; }

    /// <summary>Gives the connections.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Connection)
        {
            Run(connection, Connection.Length > 1 || MyInvocation.ExpectingInput, c => c.Close(
                SendOnly ? CloseManner.SendOnly : Reset ? CloseManner.Reset : CloseManner.Graceful));
            if (PassThru)
                WriteObject(connection);
        }
    }
}
