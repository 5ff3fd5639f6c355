using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>Connects a TCP socket on the caller's thread, which ends with a deadline, or soon after the caller stops.</summary>
/// <remarks>On Linux the call is the system's own, in slices: a guard that could close the socket meanwhile takes longer to set up than a
/// near host to accept. The runtime does not know then that the socket is connected, and does not tell its ends.</remarks>
internal static class BlockingConnect
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Connects, or says why not; a socket that met itself was refused.</summary>
    /// <exception cref="SocketException">The socket failed.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public static SocketError Run(Socket socket, IPEndPoint endPoint, Deadline deadline, CancellationToken cancellation)
    {
        try
        {
            return LinuxSockets.IsSupported
                ? RunInSlices((int)socket.Handle, endPoint, new WaitLimit(deadline, cancellation))
                : RunGuarded(socket, endPoint, deadline, cancellation);
        }
        catch (TimeoutException)
        {
            return SocketError.TimedOut;
        }
    }

    /// <summary>Where a socket that is connected sends from.</summary>
    public static EndPoint? LocalEndPointOf(Socket socket) =>
        socket.LocalEndPoint ?? (LinuxSockets.IsSupported ? LinuxSockets.LocalEndPoint((int)socket.Handle) : null);

    private static SocketError RunInSlices(int descriptor, IPEndPoint endPoint, WaitLimit limit)
    {
        var remote = new byte[LinuxSockets.AddressBytes];
        var size = LinuxSockets.WriteAddress(endPoint, remote);
        LinuxSockets.LimitConnect(descriptor, limit.NextWait(Slice));
        if (LinuxSockets.Connect(descriptor, remote, size) != 0)
        {
            if (LinuxSockets.LastError is not (LinuxSockets.WouldFollow or LinuxSockets.Interrupted))
                return LinuxSockets.ErrorOf(LinuxSockets.LastError);
            while (!LinuxSockets.IsReady(descriptor, SelectMode.SelectWrite, limit.NextWait(Slice) / 1000))
            {
            }
            if (LinuxSockets.OutcomeOf(descriptor) is var error and not SocketError.Success)
                return error;
        }
        return LinuxSockets.HasMetItself(descriptor, remote, new byte[LinuxSockets.AddressBytes]) ? SocketError.ConnectionRefused : SocketError.Success;
    }

    private static SocketError RunGuarded(Socket socket, IPEndPoint endPoint, Deadline deadline, CancellationToken cancellation)
    {
        // The guard of a time that is over fires on another thread, and an answer may be there before.
        if (deadline.HasPassed)
            return SocketError.TimedOut;
        using var guard = deadline.Guard(socket.Dispose, cancellation);
        try
        {
            socket.Connect(endPoint);
            return SocketDialer.Met(socket, endPoint).Error;
        }
        catch (Exception) when (guard.HasFired)
        {
            cancellation.ThrowIfCancellationRequested();
            return SocketError.TimedOut;
        }
    }
}
