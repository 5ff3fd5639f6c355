namespace SocketTools;

/// <summary>Why a server's connection ended. The numbers never change.</summary>
public enum ServerConnectionEnd
{
    /// <summary>It has not ended.</summary>
    Open = 0,

    /// <summary>The client had said all, and had all of the answer.</summary>
    ClientClosed = 1,

    /// <summary>The client reset it, or is gone.</summary>
    ClientReset = 2,

    /// <summary>The server had said all.</summary>
    ServerClosed = 3,

    /// <summary>Nothing came or went for as long as the server allows. Over UDP also: more than 1,000 clients came since.</summary>
    IdleTimeout = 4,

    /// <summary>The server was stopped.</summary>
    Stopped = 5,

    /// <summary>What serves connections failed; the error message says how.</summary>
    HandlerFailed = 6,

    /// <summary>The TLS handshake failed, or did not come to an end.</summary>
    TlsFailed = 7,

    /// <summary>A fault that was asked for ended it.</summary>
    Fault = 8,

    /// <summary>The server that it was to be forwarded to could not be reached, or failed.</summary>
    TargetFailed = 9,

    /// <summary>It was handed to Receive-SocketConnection.</summary>
    HandedOver = 10,
}
