namespace SocketTools;

/// <summary>What is known of a host. The numbers never change.</summary>
public enum HostState
{
    /// <summary>Nothing that shows whether it is up: its name did not resolve, this side failed, or all the ports that were
    /// asked for are silent.</summary>
    Unknown = 0,

    /// <summary>It answered.</summary>
    Up = 1,

    /// <summary>It answered neither an echo request nor a connection, or the network said that it cannot be reached.</summary>
    Down = 2,
}
