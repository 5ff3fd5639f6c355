namespace SocketTools;

/// <summary>Whether a network interface can send.</summary>
public enum InterfaceState
{
    /// <summary>The system does not tell.</summary>
    Unknown = 0,

    /// <summary>It can.</summary>
    Up = 1,

    /// <summary>It cannot.</summary>
    Down = 2,
}
