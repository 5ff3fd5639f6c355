namespace SocketTools;

/// <summary>Why a message that was received ended where it did. The numbers never change.</summary>
public enum ReceiveEnd
{
    /// <summary>Nothing was received.</summary>
    None = 0,

    /// <summary>The delimiter, or the end of the line, came.</summary>
    Delimiter = 1,

    /// <summary>The text matched the pattern.</summary>
    Pattern = 2,

    /// <summary>As many bytes came as were asked for.</summary>
    Length = 3,

    /// <summary>What had come was asked for, and is all of that.</summary>
    Available = 4,

    /// <summary>The peer has said all.</summary>
    PeerClosed = 5,

    /// <summary>It is one datagram.</summary>
    Datagram = 6,

    /// <summary>The time was over.</summary>
    TimedOut = 7,

    /// <summary>The limit was reached.</summary>
    LimitExceeded = 8,

    /// <summary>The connection failed.</summary>
    Failed = 9,
}
