namespace SocketTools;

/// <summary>Whether a server serves. The numbers never change.</summary>
public enum ServerState
{
    /// <summary>It accepts connections.</summary>
    Running = 1,

    /// <summary>It has stopped; its port is free.</summary>
    Stopped = 2,
}
