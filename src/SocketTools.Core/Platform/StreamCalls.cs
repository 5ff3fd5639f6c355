using System.Net.Sockets;
#if NET
using System;
using System.Runtime.InteropServices;
#endif

namespace SocketTools;

/// <summary>What a stream asks of its socket: calls that do not wait, and say without an exception how they ended.</summary>
/// <remarks>On Linux they are the system's own: the runtime's take up to a microsecond more each, and a small request has ten of them.</remarks>
internal static class StreamCalls
{
#if NET
    private const int NoWait = 0x40; // MSG_DONTWAIT
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL

    /// <summary>Prepares a socket for these calls.</summary>
    public static void Prepare(Socket socket)
    {
        if (!LinuxSockets.IsSupported)
            socket.Blocking = false;
    }

    /// <summary>Takes what has come; 0 bytes when the peer has said all.</summary>
    public static int Receive(Socket socket, byte[] buffer, int offset, int count, out SocketError error)
    {
        if (!LinuxSockets.IsSupported)
            return socket.Receive(buffer, offset, count, SocketFlags.None, out error);
        var bytes = buffer.AsSpan(offset, count);
        return Ended(Receive(socket.SafeHandle, ref MemoryMarshal.GetReference(bytes), count, NoWait), out error);
    }

    /// <summary>Gives the system what it has room for.</summary>
    public static int Send(Socket socket, byte[] buffer, int offset, int count, out SocketError error)
    {
        if (!LinuxSockets.IsSupported)
            return socket.Send(buffer, offset, count, SocketFlags.None, out error);
        var bytes = buffer.AsSpan(offset, count);
        return Ended(Send(socket.SafeHandle, ref MemoryMarshal.GetReference(bytes), count, NoWait | NoSignal), out error);
    }

    /// <summary>Waits until a call would do something, or the time is over.</summary>
    public static bool Poll(Socket socket, int microseconds, SelectMode mode)
    {
        if (!LinuxSockets.IsSupported)
            return socket.Poll(microseconds, mode);
        var handle = socket.SafeHandle;
        var isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return LinuxSockets.IsReady((int)handle.DangerousGetHandle(), mode, microseconds / 1000);
        }
        finally
        {
            if (isHeld)
                handle.DangerousRelease();
        }
    }

    private static int Ended(nint result, out SocketError error)
    {
        error = result >= 0 ? SocketError.Success : LinuxSockets.LastError switch
        {
            LinuxSockets.TryAgain => SocketError.WouldBlock,
            LinuxSockets.Interrupted => SocketError.Interrupted,
            var number => LinuxSockets.ErrorOf(number),
        };
        return (int)Math.Max(0, result);
    }

    [DllImport("libc", EntryPoint = "recv", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Receive(SafeHandle socket, ref byte buffer, nint count, int flags);

    [DllImport("libc", EntryPoint = "send", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Send(SafeHandle socket, ref byte buffer, nint count, int flags);
#else
    /// <summary>Prepares a socket for these calls.</summary>
    public static void Prepare(Socket socket) => socket.Blocking = false;

    /// <summary>Takes what has come; 0 bytes when the peer has said all.</summary>
    public static int Receive(Socket socket, byte[] buffer, int offset, int count, out SocketError error) =>
        socket.Receive(buffer, offset, count, SocketFlags.None, out error);

    /// <summary>Gives the system what it has room for.</summary>
    public static int Send(Socket socket, byte[] buffer, int offset, int count, out SocketError error) =>
        socket.Send(buffer, offset, count, SocketFlags.None, out error);

    /// <summary>Waits until a call would do something, or the time is over.</summary>
    public static bool Poll(Socket socket, int microseconds, SelectMode mode) => socket.Poll(microseconds, mode);
#endif
}
