namespace SocketTools;

/// <summary>How this side ends a connection.</summary>
internal enum CloseManner
{
    /// <summary>It says that it has said all, then closes.</summary>
    Graceful,

    /// <summary>It says that it has said all, and goes on receiving.</summary>
    SendOnly,

    /// <summary>It resets the connection: the peer is told at once, and what was under way is lost.</summary>
    Reset,
}
