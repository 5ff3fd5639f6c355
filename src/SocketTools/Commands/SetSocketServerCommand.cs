using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Changes what goes wrong at running servers, and what they allow.</summary>
[Cmdlet(VerbsCommon.Set, "SocketServer", SupportsShouldProcess = true, DefaultParameterSetName = ServersNamed.ServerSet)]
[OutputType(typeof(SocketServer))]
public sealed class SetSocketServerCommand : FaultCommand
{
    /// <summary>The servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ServersNamed.ServerSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public SocketServer[] Server { get; set; } = [];

    /// <summary>The ports of the servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ServersNamed.PortSet)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(ServerPortCompleter))]
    public PortSet Port { get; set; } = null!;

    /// <summary>Lets nothing go wrong any more, but for what is asked for beside it.</summary>
    [Parameter]
    public SwitchParameter ClearFaults { get; set; }

    /// <summary>Closes the listener for so long.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? RefuseMilliseconds { get; set; }

    /// <summary>How many connections may be open.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaximumConnections { get; set; }

    /// <summary>How long a connection may be idle; 0 for ever.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? IdleTimeoutSeconds { get; set; }

    /// <summary>Gives the servers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in ParameterSetName == ServersNamed.ServerSet ? Server : ServersNamed.On(Port, WriteError))
        {
            if (!ShouldProcess(server.ToString(), "Change the server"))
                continue;
            if (AsksForFaults && !server.TakesFaults)
            {
                WriteError(ErrorRecords.Contradiction($"{server} takes no faults: start another with -ForwardTo and the faults before it."));
                continue;
            }
            Change(server);
            if (PassThru)
                WriteObject(server);
        }
    }

    private void Change(SocketServer server)
    {
        if (MaximumConnections is { } most)
            server.SetMaximumConnections(most);
        if (IdleTimeoutSeconds is { } seconds)
            server.SetIdleTimeout(seconds);
        if (ClearFaults || AsksForFaults)
            server.SetFaults(
                Change(ClearFaults ? SocketFaults.None : server.FaultsIn, FaultDirection.In),
                Change(ClearFaults ? SocketFaults.None : server.FaultsOut, FaultDirection.Out));
        if (RefuseMilliseconds is { } milliseconds)
            server.Refuse(milliseconds);
    }
}
