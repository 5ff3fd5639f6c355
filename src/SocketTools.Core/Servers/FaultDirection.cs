namespace SocketTools;

/// <summary>Which way things go wrong, as the server sees it. The numbers never change.</summary>
public enum FaultDirection
{
    /// <summary>From the client to the server.</summary>
    In = 1,

    /// <summary>From the server to the client.</summary>
    Out = 2,

    /// <summary>Both ways.</summary>
    Both = 3,
}
