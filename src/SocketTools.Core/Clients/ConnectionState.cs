namespace SocketTools;

/// <summary>What can still be done with a connection. The numbers never change.</summary>
public enum ConnectionState
{
    /// <summary>Both sides can send.</summary>
    Open = 1,

    /// <summary>This side has said all; the peer may still send.</summary>
    SendClosed = 2,

    /// <summary>The peer has said all; this side may still send.</summary>
    PeerClosed = 3,

    /// <summary>It was closed on this side.</summary>
    Closed = 4,

    /// <summary>It failed: reset, or broken in the middle of something.</summary>
    Failed = 5,
}
