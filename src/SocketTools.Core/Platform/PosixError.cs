using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>The POSIX names of socket errors, the same on every system, and this system's numbers for them.</summary>
internal static class PosixError
{
    private const int TooManyFiles = 24; // EMFILE on Linux and on the BSDs, macOS among them

    private static readonly Dictionary<SocketError, string> Names = new()
    {
        [SocketError.AccessDenied] = "EACCES",
        [SocketError.AddressAlreadyInUse] = "EADDRINUSE",
        [SocketError.AddressFamilyNotSupported] = "EAFNOSUPPORT",
        [SocketError.AddressNotAvailable] = "EADDRNOTAVAIL",
        [SocketError.AlreadyInProgress] = "EALREADY",
        [SocketError.ConnectionAborted] = "ECONNABORTED",
        [SocketError.ConnectionRefused] = "ECONNREFUSED",
        [SocketError.ConnectionReset] = "ECONNRESET",
        [SocketError.DestinationAddressRequired] = "EDESTADDRREQ",
        [SocketError.Fault] = "EFAULT",
        [SocketError.HostDown] = "EHOSTDOWN",
        [SocketError.HostNotFound] = "EAI_NONAME",
        [SocketError.HostUnreachable] = "EHOSTUNREACH",
        [SocketError.InProgress] = "EINPROGRESS",
        [SocketError.Interrupted] = "EINTR",
        [SocketError.InvalidArgument] = "EINVAL",
        [SocketError.IsConnected] = "EISCONN",
        [SocketError.MessageSize] = "EMSGSIZE",
        [SocketError.NetworkDown] = "ENETDOWN",
        [SocketError.NetworkReset] = "ENETRESET",
        [SocketError.NetworkUnreachable] = "ENETUNREACH",
        [SocketError.NoBufferSpaceAvailable] = "ENOBUFS",
        [SocketError.NoData] = "EAI_NODATA",
        [SocketError.NoRecovery] = "EAI_FAIL",
        [SocketError.NotConnected] = "ENOTCONN",
        [SocketError.NotSocket] = "ENOTSOCK",
        [SocketError.OperationAborted] = "ECANCELED",
        [SocketError.OperationNotSupported] = "EOPNOTSUPP",
        [SocketError.ProtocolFamilyNotSupported] = "EPFNOSUPPORT",
        [SocketError.ProtocolNotSupported] = "EPROTONOSUPPORT",
        [SocketError.ProtocolOption] = "ENOPROTOOPT",
        [SocketError.ProtocolType] = "EPROTOTYPE",
        [SocketError.Shutdown] = "EPIPE",
        [SocketError.SocketNotSupported] = "ESOCKTNOSUPPORT",
        [SocketError.TimedOut] = "ETIMEDOUT",
        [SocketError.TooManyOpenSockets] = "EMFILE",
        [SocketError.TryAgain] = "EAI_AGAIN",
        [SocketError.WouldBlock] = "EWOULDBLOCK",
    };

    private static readonly ConcurrentDictionary<SocketError, int> Numbers = new();

    /// <summary>The POSIX name, or null when the error is a success or has none.</summary>
    public static string? NameOf(SocketError error) => Names.TryGetValue(error, out var name) ? name : null;

    /// <summary>What this system calls the error: errno on Unix, the Winsock number on Windows.</summary>
    public static int NumberOf(SocketError error) => Numbers.GetOrAdd(error, static e =>
        // .NET knows one error for ENFILE and EMFILE, and gives the former's number.
        e == SocketError.TooManyOpenSockets && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? TooManyFiles
            : new SocketException((int)e).NativeErrorCode);
}
