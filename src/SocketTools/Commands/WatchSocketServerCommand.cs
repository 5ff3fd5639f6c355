using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Writes the connections of servers as they end.</summary>
[Cmdlet(VerbsCommon.Watch, "SocketServer", DefaultParameterSetName = ServersNamed.ServerSet)]
[OutputType(typeof(ServerConnection))]
public sealed class WatchSocketServerCommand : AsyncCmdlet
{
    private readonly List<SocketServer> _servers = [];

    /// <summary>The servers; all of this process unless given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ServersNamed.ServerSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public SocketServer[]? Server { get; set; }

    /// <summary>The ports of the servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ServersNamed.PortSet)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(ServerPortCompleter))]
    public PortSet Port { get; set; } = null!;

    /// <summary>Writes connections when they are opened, too.</summary>
    [Parameter]
    public SwitchParameter IncludeOpened { get; set; }

    /// <summary>How long to watch; until the servers stop unless given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSeconds { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        _servers.AddRange(ParameterSetName == ServersNamed.PortSet ? ServersNamed.On(Port, WriteError) : Server ?? ServerTable.Running);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_servers.Count == 0)
            return;
        var watch = new ServerWatch(Output, IncludeOpened);
        _servers.ForEach(server => server.Log.Watch(watch.Note));
        try
        {
            var end = Task.WhenAll(_servers.Select(static server => server.Completion));
            var time = Task.Delay(TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromMilliseconds(-1), Cancellation);
            Await(Task.WhenAny(end, time));
        }
        finally
        {
            _servers.ForEach(server => server.Log.Unwatch(watch.Note));
        }
        if (watch.Missed > 0)
            WriteWarning($"{watch.Missed} connections ended faster than the pipeline took them, and were left out.");
    }
}
