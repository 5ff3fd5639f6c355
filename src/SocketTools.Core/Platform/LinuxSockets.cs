using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>Linux's own socket calls, for a path without an exception, a task or an allocation a connect.</summary>
internal static class LinuxSockets
{
    public const int AddressBytes = 28; // sizeof(struct sockaddr_in6), the larger of the two
    public const int WouldFollow = 115; // EINPROGRESS
    public const int Interrupted = 4; // EINTR
    public const int TryAgain = 11; // EAGAIN

    private const int Inet = 2;
    private const int Inet6 = 10;
    private const int StreamNonBlocking = 1 | 0x800 | 0x80000; // SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC
    private const int SocketLevel = 1;
    private const int ErrorOption = 4;
    private const int LingerOption = 13;
    private const int SendTimeOption = 21;
    private const int BindWithoutPort = 24;
    private const short Readable = 1; // POLLIN
    private const short Writable = 4; // POLLOUT

    private static readonly long ResetOnClose = BitConverter.IsLittleEndian ? 1 : 1L << 32; // struct linger { 1, 0 }

    private static readonly Dictionary<int, SocketError> Errors = new()
    {
        [1] = SocketError.AccessDenied, // EPERM, what a local firewall's rule says
        [11] = SocketError.AddressNotAvailable, // EAGAIN: no local port is free
        [12] = SocketError.NoBufferSpaceAvailable, // ENOMEM
        [13] = SocketError.AccessDenied,
        [22] = SocketError.InvalidArgument,
        [23] = SocketError.TooManyOpenSockets, // ENFILE
        [24] = SocketError.TooManyOpenSockets,
        [32] = SocketError.Shutdown,
        [64] = SocketError.HostUnreachable, // ENONET: the network says that the host is isolated
        [92] = SocketError.ProtocolOption, // ENOPROTOOPT: the host says that it has no TCP
        [93] = SocketError.ProtocolNotSupported,
        [97] = SocketError.AddressFamilyNotSupported,
        [98] = SocketError.AddressAlreadyInUse,
        [99] = SocketError.AddressNotAvailable,
        [100] = SocketError.NetworkDown,
        [101] = SocketError.NetworkUnreachable,
        [103] = SocketError.ConnectionAborted,
        [104] = SocketError.ConnectionReset,
        [105] = SocketError.NoBufferSpaceAvailable,
        [107] = SocketError.NotConnected,
        [110] = SocketError.TimedOut,
        [111] = SocketError.ConnectionRefused,
        [112] = SocketError.HostDown,
        [113] = SocketError.HostUnreachable,
    };

    /// <summary>Whether this process can make these calls: a 64-bit Linux on a processor whose structures are known.</summary>
    public static bool IsSupported { get; } =
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The last call's errno.</summary>
    public static int LastError => Marshal.GetLastWin32Error();

    public static SocketError ErrorOf(int number) =>
        number == 0 ? SocketError.Success : Errors.TryGetValue(number, out var error) ? error : SocketError.SocketError;

    /// <summary>A non-blocking TCP socket's descriptor, or -1.</summary>
    public static int OpenTcp(AddressFamily family) => Open(family == AddressFamily.InterNetworkV6 ? Inet6 : Inet, StreamNonBlocking, 0);

    /// <summary>Writes an end point as sockaddr_in or sockaddr_in6 and gives its size.</summary>
    public static int WriteAddress(IPEndPoint endPoint, byte[] address)
    {
        Array.Clear(address, 0, AddressBytes);
        var isV6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        address[0] = (byte)(isV6 ? Inet6 : Inet);
        address[2] = (byte)(endPoint.Port >> 8);
        address[3] = (byte)endPoint.Port;
        var bytes = endPoint.Address.GetAddressBytes();
        bytes.CopyTo(address, isV6 ? 8 : 4);
        if (isV6)
            BitConverter.GetBytes((uint)endPoint.Address.ScopeId).CopyTo(address, 24);
        return isV6 ? AddressBytes : 16;
    }

    /// <summary>Where a socket sends from.</summary>
    public static IPEndPoint LocalEndPoint(int descriptor)
    {
        var address = new byte[AddressBytes];
        var size = AddressBytes;
        if (GetName(descriptor, address, ref size) != 0)
            throw new SocketException((int)ErrorOf(LastError));
        var isV6 = address[0] == Inet6;
        var bytes = new byte[isV6 ? 16 : 4];
        Array.Copy(address, isV6 ? 8 : 4, bytes, 0, bytes.Length);
        return new IPEndPoint(isV6 ? new IPAddress(bytes, BitConverter.ToUInt32(address, 24)) : new IPAddress(bytes), (address[2] << 8) | address[3]);
    }

    /// <summary>Sends from one of this host's addresses. The port is chosen with the connect, when the remote end is known
    /// (IP_BIND_ADDRESS_NO_PORT of ip(7)), so that every remote end can have the same one.</summary>
    public static bool Bind(int descriptor, byte[] address, int size)
    {
        var on = 1L;
        _ = SetOption(descriptor, 0, BindWithoutPort, ref on, sizeof(int));
        return Bind(descriptor, address, (uint)size) == 0;
    }

    /// <summary>Bounds the time in which a blocking connect waits for its outcome, before it says <see cref="WouldFollow"/> (SO_SNDTIMEO
    /// of socket(7)).</summary>
    public static void LimitConnect(int descriptor, int microseconds)
    {
        var time = new TimeValue { Seconds = microseconds / 1_000_000, Microseconds = microseconds % 1_000_000 };
        _ = SetOption(descriptor, SocketLevel, SendTimeOption, ref time, 2 * sizeof(long));
    }

    /// <summary>Whether the connect's outcome is known already.</summary>
    public static bool HasOutcome(int descriptor) => IsReady(descriptor, SelectMode.SelectWrite, 0);

    /// <summary>Whether there is something to read, or room to write, an end or an error, now or within the time.</summary>
    public static bool IsReady(int descriptor, SelectMode mode, int milliseconds)
    {
        var poll = new PollEntry { Descriptor = descriptor, Events = mode == SelectMode.SelectRead ? Readable : Writable };
        return Poll(ref poll, 1, milliseconds) > 0;
    }

    /// <summary>How the connect ended.</summary>
    public static SocketError OutcomeOf(int descriptor)
    {
        var size = sizeof(int);
        return GetOption(descriptor, SocketLevel, ErrorOption, out var error, ref size) == 0 ? ErrorOf(error) : ErrorOf(LastError);
    }

    /// <summary>Whether a connected socket's local end point is the one that it connected to.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="remote">The address that it was connected to.</param>
    /// <param name="local">Room for its own.</param>
    public static bool HasMetItself(int descriptor, byte[] remote, byte[] local)
    {
        var size = AddressBytes;
        if (GetName(descriptor, local, ref size) != 0)
            return false;
        var isV6 = remote[0] == Inet6;
        for (var i = 2; i < (isV6 ? 24 : 8); i++)
        {
            var isFlow = isV6 && i is >= 4 and < 8;
            if (!isFlow && local[i] != remote[i])
                return false;
        }
        return true;
    }

    /// <summary>Closes a socket so that, when it was connected, no TIME_WAIT stays behind to use up the local ports.</summary>
    public static void CloseWithoutTrace(int descriptor)
    {
        var linger = ResetOnClose;
        _ = SetOption(descriptor, SocketLevel, LingerOption, ref linger, sizeof(long));
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "connect", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Connect(int descriptor, byte[] address, int size);

    [DllImport("libc", EntryPoint = "recvfrom", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr ReceiveFrom(int descriptor, byte[] buffer, IntPtr length, int flags, ref byte sender, ref int senderSize);

    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "socket", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "bind", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Bind(int descriptor, byte[] address, uint size);

    [DllImport("libc", EntryPoint = "poll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollEntry entry, ulong count, int milliseconds);

    [DllImport("libc", EntryPoint = "getsockopt", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetOption(int descriptor, int level, int name, out int value, ref int size);

    [DllImport("libc", EntryPoint = "setsockopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int descriptor, int level, int name, ref long value, int size);

    [DllImport("libc", EntryPoint = "setsockopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int descriptor, int level, int name, ref TimeValue value, int size);

    [DllImport("libc", EntryPoint = "getsockname", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetName(int descriptor, byte[] address, ref int size);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeValue
    {
        public long Seconds;
        public long Microseconds;
    }
}
