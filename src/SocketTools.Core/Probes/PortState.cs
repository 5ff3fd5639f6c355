namespace SocketTools;

/// <summary>What is known of a port. The numbers never change.</summary>
public enum PortState
{
    /// <summary>Neither the host nor its silence said anything: the name did not resolve, or this side failed.</summary>
    Unknown = 0,

    /// <summary>Something listens there: the handshake completed.</summary>
    Open = 1,

    /// <summary>The host answered that nothing listens there.</summary>
    Closed = 2,

    /// <summary>No answer, or a word from the network that the host or port cannot be reached.</summary>
    Filtered = 3,

    /// <summary>Silence that means either (UDP).</summary>
    OpenOrFiltered = 4,
}
