using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace SocketTools.Pipeline;

/// <summary>Ends a session's servers and connections with the session: when its runspace closes, or removes the module.</summary>
public sealed class SessionObjects : IModuleAssemblyCleanup
{
    private static readonly ConcurrentDictionary<Guid, bool> Watched = new();

    /// <summary>Makes a server one of the current session's.</summary>
    internal static void Add(SocketServer server) => ServerTable.Add(server, Watch());

    /// <summary>Makes a connection one of the current session's.</summary>
    internal static void Add(SocketConnection connection) => ConnectionTable.Add(connection, Watch());

    /// <summary>Called by PowerShell in the session that removes the module.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => CloseAllOf(Runspace.DefaultRunspace.InstanceId);

    private static Guid Watch()
    {
        var runspace = Runspace.DefaultRunspace;
        if (Watched.TryAdd(runspace.InstanceId, true))
            runspace.StateChanged += OnStateChanged;
        return runspace.InstanceId;
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (sender is not Runspace runspace || e.RunspaceStateInfo.State is not (RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken))
            return;
        runspace.StateChanged -= OnStateChanged;
        Watched.TryRemove(runspace.InstanceId, out _);
        CloseAllOf(runspace.InstanceId);
    }

    private static void CloseAllOf(Guid owner)
    {
        ConnectionTable.CloseAllOf(owner);
        ServerTable.StopAllOf(owner);
    }
}
