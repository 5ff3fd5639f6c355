using System.Collections.Generic;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>One failure: the reason in a word, the name people search for, and this system's number.</summary>
internal readonly record struct Failure(Reason Reason, string? ErrorName, int? ErrorCode)
{
    private static readonly Dictionary<SocketError, Reason> Reasons = new()
    {
        [SocketError.Success] = Reason.Connected,
        [SocketError.ConnectionRefused] = Reason.ConnectionRefused,
        [SocketError.TimedOut] = Reason.TimedOut,
        [SocketError.HostUnreachable] = Reason.HostUnreachable,
        [SocketError.HostDown] = Reason.HostUnreachable,
        [SocketError.ProtocolOption] = Reason.HostUnreachable,
        [SocketError.NetworkUnreachable] = Reason.NetworkUnreachable,
        [SocketError.NetworkDown] = Reason.NetworkUnreachable,
        [SocketError.AccessDenied] = Reason.ProhibitedByFirewall,
        [SocketError.ConnectionReset] = Reason.ConnectionReset,
        [SocketError.NetworkReset] = Reason.ConnectionReset,
        [SocketError.ConnectionAborted] = Reason.ConnectionAborted,
        [SocketError.Shutdown] = Reason.ConnectionClosed,
        [SocketError.Disconnecting] = Reason.ConnectionClosed,
        [SocketError.AddressNotAvailable] = Reason.LocalAddressNotAvailable,
        [SocketError.TooManyOpenSockets] = Reason.TooManyOpenSockets,
        [SocketError.NoBufferSpaceAvailable] = Reason.NoBufferSpace,
        [SocketError.AddressAlreadyInUse] = Reason.AddressInUse,
        [SocketError.AddressFamilyNotSupported] = Reason.NotSupported,
        [SocketError.ProtocolNotSupported] = Reason.NotSupported,
        [SocketError.ProtocolFamilyNotSupported] = Reason.NotSupported,
        [SocketError.OperationNotSupported] = Reason.NotSupported,
        [SocketError.SocketNotSupported] = Reason.NotSupported,
        [SocketError.OperationAborted] = Reason.Canceled,
        [SocketError.Interrupted] = Reason.Canceled,
        [SocketError.HostNotFound] = Reason.NameNotResolved,
        [SocketError.NoData] = Reason.NoAddress,
        [SocketError.TryAgain] = Reason.NameServerFailure,
        [SocketError.NoRecovery] = Reason.NameServerFailure,
    };

    public static readonly Failure TimedOut = Of(SocketError.TimedOut);

    /// <summary>The failure that a socket call reported.</summary>
    public static Failure Of(SocketError error)
    {
        if (!Reasons.TryGetValue(error, out var reason))
            reason = Reason.OtherError;
        return new Failure(reason, PosixError.NameOf(error), error == SocketError.Success ? 0 : PosixError.NumberOf(error));
    }

    /// <summary>The failure behind a socket call on an end point of this host, where "access denied" is about this user.</summary>
    public static Failure OfLocal(SocketError error) =>
        error == SocketError.AccessDenied ? Of(error) with { Reason = Reason.PermissionDenied } : Of(error);

    /// <summary>What a socket call reported of a datagram, where the port itself answered or was said to be nobody's.</summary>
    public static Failure OfDatagram(SocketError error) => error switch
    {
        SocketError.Success => Of(error) with { Reason = Reason.Replied },
        SocketError.ConnectionRefused => Of(error) with { Reason = Reason.PortUnreachable },
        _ => Of(error),
    };

    /// <summary>A failure that no socket call reported, such as a broken protocol.</summary>
    public static Failure Because(Reason reason) => new(reason, null, null);
}
