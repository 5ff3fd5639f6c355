namespace SocketTools;

/// <summary>Which way bytes went. The numbers never change.</summary>
public enum TranscriptDirection
{
    /// <summary>To the peer.</summary>
    Sent = 1,

    /// <summary>From the peer.</summary>
    Received = 2,
}
