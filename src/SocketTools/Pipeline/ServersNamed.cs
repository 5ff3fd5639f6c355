using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Pipeline;

/// <summary>The running servers that ports name.</summary>
internal static class ServersNamed
{
    public const string ServerSet = "Server";
    public const string PortSet = "Port";

    /// <summary>The servers on ports; a single port without one is an error.</summary>
    public static IReadOnlyList<SocketServer> On(PortSet ports, Action<ErrorRecord> tell)
    {
        var running = ServerTable.Running.ToLookup(static server => server.Port);
        foreach (var port in ports.Single.Where(port => !running.Contains(port)))
            tell(ErrorRecords.ServerNotFound(port));
        return [.. ports.SelectMany(port => running[port])];
    }
}
