namespace SocketTools;

/// <summary>What a reader of an error can do about it, one sentence a reason.</summary>
internal static class Remedy
{
    /// <summary>What to do when an end point cannot be listened on.</summary>
    public static string ForListening(Reason reason) => reason == Reason.LocalAddressNotAvailable
        ? "This computer has no such address: give one of its own, or 0.0.0.0 or :: for all."
        : For(reason);

    /// <summary>What to do when a port has not become what was waited for, and why it was last what it was.</summary>
    public static string ForWaiting(Reason reason) => reason switch
    {
        Reason.Connected => "Something still listens on that port: check that it was told to stop, or wait longer (-TimeoutSeconds).",
        Reason.Unknown => "Wait longer (-TimeoutSeconds).",
        _ => For(reason),
    };

    public static string For(Reason reason) => reason switch
    {
        Reason.ConnectionRefused => "The host is up but nothing listens on that port: check that the service runs, and on which port.",
        Reason.TimedOut => "Nothing answered in time: check the address and the firewalls on the way, or allow more time.",
        Reason.HostUnreachable => "The host cannot be reached: check that it is up and that its address is right.",
        Reason.NetworkUnreachable => "There is no route to that network: check this host's routes and address families (-IPv4, -IPv6).",
        Reason.ProhibitedByFirewall => "A firewall prohibits this connection: check its rules here and on the way.",
        Reason.ConnectionReset => "The peer reset the connection: check its logs, and that both sides speak the same protocol.",
        Reason.ConnectionAborted => "The connection was given up on this side: try again.",
        Reason.ConnectionClosed => "The peer closed the connection early: check its logs.",
        Reason.NameNotResolved => "Check the spelling, or use the IP address.",
        Reason.NoAddress => "The name has no address of that family: leave out -IPv4 or -IPv6.",
        Reason.NameServerFailure => "The resolver could not answer for now: check the DNS servers, then try again.",
        Reason.ResolutionTimedOut => "The resolver did not answer: check the DNS servers, or use the IP address.",
        Reason.NoRecord => "Ask for other types with -Type.",
        Reason.QueryRefused => "Ask a server that serves this name, and this computer.",
        Reason.WrongAnswer => "Something answers in the server's place, or the server is broken: ask another with -Server.",
        Reason.NotSupported => "This system does not support that address family or protocol.",
        Reason.LocalAddressNotAvailable => "No local port or address is free: lower -ThrottleLimit, or widen the ephemeral port range.",
        Reason.TooManyOpenSockets => "The descriptor limit is reached: raise it (ulimit -n), or lower -ThrottleLimit.",
        Reason.NoBufferSpace => "The system has no memory left for sockets: lower -ThrottleLimit.",
        Reason.AddressInUse => "That port is in use, by another program or by a server of this process (Get-SocketServer): choose another, or 0 for any free one.",
        Reason.PermissionDenied => "This user may not do that: ports below 1024 often need privileges.",
        Reason.TlsFailed => "The peer may want a client certificate (-ClientCertificate); its log tells more.",
        Reason.NotTls => "Check that this port speaks TLS from the start.",
        Reason.ProtocolViolation => "The peer does not speak this protocol as its standard says.",
        Reason.LimitExceeded => "Raise the limit if the answer is wanted whole.",
        _ => "Try again.",
    };
}
