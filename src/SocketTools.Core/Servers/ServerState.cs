namespace SocketTools;

/// <summary>Whether a server serves. The numbers never change.</summary>
public enum ServerState
{
    /// <summary>It accepts connections.</summary>
    Running = 1,

    /// <summary>It has stopped; its port is free.</summary>
    Stopped = 2,

    /// <summary>It accepts no more; the connections that are open may come to their end.</summary>
    Draining = 3,

    /// <summary>Its listener is closed for a while: connects are refused.</summary>
    Refusing = 4,
}
