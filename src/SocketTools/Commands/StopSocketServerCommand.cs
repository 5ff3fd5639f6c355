using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Stops servers that run in this process.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SocketServer", SupportsShouldProcess = true, DefaultParameterSetName = ServersNamed.ServerSet)]
[Alias("Stop-EchoServer")]
[OutputType(typeof(SocketServer))]
public sealed class StopSocketServerCommand : AsyncCmdlet
{
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(1);

    private readonly List<SocketServer> _stopping = [];
    private readonly List<Task> _ends = [];

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

    /// <summary>How long open connections may go on; they are cut at once unless given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int DrainMilliseconds { get; set; }

    /// <summary>Gives the stopped servers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in ParameterSetName == ServersNamed.ServerSet ? Server : ServersNamed.On(Port, WriteError))
        {
            if (!ShouldProcess(server.ToString(), "Stop the server"))
                continue;
            _stopping.Add(server);
            _ends.Add(server.StopAsync(DrainMilliseconds));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // All drain at the same time; what does not end then, such as a script, is not waited for.
        var most = TimeToClose + TimeSpan.FromMilliseconds(DrainMilliseconds);
        Await(Task.WhenAny(Task.WhenAll(_ends), Task.Delay(most.TotalMilliseconds < int.MaxValue ? most : TimeSpan.FromMilliseconds(int.MaxValue), Cancellation)));
        if (PassThru)
            WriteObject(_stopping, enumerateCollection: true);
    }
}
