using System.Net.Sockets;

namespace SocketTools;

/// <summary>The one table from how a probe ended to the state of the port. Only what the far side, the network, or
/// their silence said is a state; what failed on this side is Unknown.</summary>
internal static class PortStates
{
    public static PortState Of(SocketError error, TransportProtocol protocol) => error switch
    {
        // A program that takes datagrams need not answer.
        SocketError.TimedOut when protocol == TransportProtocol.Udp => PortState.OpenOrFiltered,
        SocketError.Success => PortState.Open,
        SocketError.ConnectionRefused => PortState.Closed,
        SocketError.ConnectionReset => PortState.Closed,
        SocketError.TimedOut => PortState.Filtered,
        SocketError.HostUnreachable => PortState.Filtered,
        SocketError.HostDown => PortState.Filtered,
        SocketError.NetworkUnreachable => PortState.Filtered,
        SocketError.ProtocolOption => PortState.Filtered,
        SocketError.AccessDenied => PortState.Filtered,
        _ => PortState.Unknown,
    };

    /// <summary>Whether the connect could not be sent for want of something on this side that may be free again soon.</summary>
    public static bool IsLocalShortage(SocketError error) => error is
        SocketError.TooManyOpenSockets or
        SocketError.NoBufferSpaceAvailable or
        SocketError.AddressNotAvailable or
        SocketError.AddressAlreadyInUse;

    /// <summary>Whether the error may say that this host cannot send to the address at all; the network says the same of
    /// a single port.</summary>
    public static bool MayBeLocal(SocketError error) => error is
        SocketError.NetworkUnreachable or
        SocketError.NetworkDown or
        SocketError.HostUnreachable or
        SocketError.AddressNotAvailable or
        SocketError.AddressFamilyNotSupported or
        SocketError.ProtocolFamilyNotSupported or
        SocketError.ProtocolNotSupported;

    /// <summary>Whether one state tells more than another about a host with several addresses.</summary>
    public static bool TellsMore(PortState state, PortState than) => Rank(state) > Rank(than);

    private static int Rank(PortState state) => state switch
    {
        PortState.Open => 4,
        PortState.Closed => 3,
        PortState.Filtered => 2,
        PortState.OpenOrFiltered => 1,
        _ => 0,
    };
}
