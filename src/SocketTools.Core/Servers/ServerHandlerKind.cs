namespace SocketTools;

/// <summary>What a server does with its clients. The numbers never change.</summary>
public enum ServerHandlerKind
{
    /// <summary>It sends back what comes (RFC 862).</summary>
    Echo = 1,

    /// <summary>It takes all and says nothing (RFC 863).</summary>
    Discard = 2,

    /// <summary>It says what time it is (RFC 867).</summary>
    Daytime = 3,

    /// <summary>It gives a fixed reply.</summary>
    Reply = 4,

    /// <summary>It answers HTTP requests.</summary>
    Http = 5,

    /// <summary>It leaves connections waiting for Receive-SocketConnection.</summary>
    Accept = 6,
}
