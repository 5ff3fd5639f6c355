namespace SocketTools;

/// <summary>Why an operation ended as it did, in words. The numbers never change.</summary>
public enum Reason
{
    /// <summary>Nothing is known.</summary>
    Unknown = 0,

    /// <summary>The handshake completed.</summary>
    Connected = 1,

    /// <summary>The host answered that nothing listens there (RST, RFC 9293 section 3.10.7.1).</summary>
    ConnectionRefused = 2,

    /// <summary>No answer came before the deadline.</summary>
    TimedOut = 3,

    /// <summary>The network reported that the host cannot be reached, or the host did not answer on its own link.</summary>
    HostUnreachable = 4,

    /// <summary>There is no route to the address's network.</summary>
    NetworkUnreachable = 5,

    /// <summary>A firewall, here or on the way, said that this traffic is prohibited.</summary>
    ProhibitedByFirewall = 6,

    /// <summary>The peer reset the connection.</summary>
    ConnectionReset = 7,

    /// <summary>The connection was given up on this side.</summary>
    ConnectionAborted = 8,

    /// <summary>The peer closed the connection before it had said what it promised.</summary>
    ConnectionClosed = 9,

    /// <summary>The port answered a datagram.</summary>
    Replied = 10,

    /// <summary>The host answered that no program takes datagrams there (ICMP port unreachable, RFC 1122 section 4.1.3.1).</summary>
    PortUnreachable = 11,

    /// <summary>The host answered an echo request (ICMP, RFC 792; ICMPv6, RFC 4443 section 4).</summary>
    EchoReply = 12,

    /// <summary>The name does not exist.</summary>
    NameNotResolved = 20,

    /// <summary>The name exists but has no address of the family that was asked for.</summary>
    NoAddress = 21,

    /// <summary>The resolver failed for now and may answer later.</summary>
    NameServerFailure = 22,

    /// <summary>The resolver did not answer before its deadline.</summary>
    ResolutionTimedOut = 23,

    /// <summary>The name exists but has no DNS record of the type that was asked for.</summary>
    NoRecord = 24,

    /// <summary>The DNS server refuses to answer for that name, or to this computer (RFC 1035 section 4.1.1).</summary>
    QueryRefused = 25,

    /// <summary>What came in the DNS server's place was no answer to the question, and was not believed.</summary>
    WrongAnswer = 26,

    /// <summary>This host cannot speak that address family or protocol.</summary>
    NotSupported = 30,

    /// <summary>This host ran out of local (ephemeral) ports, or has no such local address.</summary>
    LocalAddressNotAvailable = 31,

    /// <summary>This process or system ran out of descriptors.</summary>
    TooManyOpenSockets = 32,

    /// <summary>The system ran out of memory for sockets.</summary>
    NoBufferSpace = 33,

    /// <summary>Another socket already uses the local end point.</summary>
    AddressInUse = 34,

    /// <summary>This user may not do that.</summary>
    PermissionDenied = 35,

    /// <summary>The operation was cancelled.</summary>
    Canceled = 40,

    /// <summary>The TLS handshake failed.</summary>
    TlsFailed = 50,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolViolation = 51,

    /// <summary>The peer sent more than the limit that was set.</summary>
    LimitExceeded = 52,

    /// <summary>What answered does not speak TLS.</summary>
    NotTls = 53,

    /// <summary>An error that no other word here fits; the error's name says which.</summary>
    OtherError = 99,
}
