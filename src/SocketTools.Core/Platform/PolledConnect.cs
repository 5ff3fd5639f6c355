using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Connects a socket without making it an asynchronous one of the runtime's.</summary>
/// <remarks>On Unix the runtime watches a socket from its first asynchronous call to its end, and wakes a thread for everything
/// that comes, also when somebody else waits for it: a round trip took twice as long.</remarks>
internal static class PolledConnect
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether this system's runtime is better connected this way.</summary>
    public static bool IsUseful { get; } = !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Connects, or says why not.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public static async Task<SocketError> RunAsync(Socket socket, EndPoint endPoint, TimeSpan time, CancellationToken cancellation)
    {
        var limit = new WaitLimit(new Deadline((int)Math.Min(int.MaxValue, Math.Ceiling(time.TotalMilliseconds))), cancellation);
        try
        {
            socket.Blocking = false;
            var error = TryConnect(socket, endPoint);
            // A Unix socket whose queue is full tells of no moment at which it has room.
            for (; error == SocketError.WouldBlock && socket.AddressFamily == AddressFamily.Unix; error = TryConnect(socket, endPoint))
            {
                limit.NextWait(Pause);
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
            if (error is SocketError.WouldBlock or SocketError.InProgress)
                error = await BlockingCall.Start(() => Wait(socket, limit), CancellationToken.None).Result.ConfigureAwait(false);
            if (error == SocketError.Success)
                socket.Blocking = true;
            return error;
        }
        catch (TimeoutException)
        {
            return SocketError.TimedOut;
        }
    }

    private static SocketError TryConnect(Socket socket, EndPoint endPoint)
    {
        try
        {
            socket.Connect(endPoint);
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }

    private static SocketError Wait(Socket socket, WaitLimit limit)
    {
        while (!socket.Poll(limit.NextWait(Slice), SelectMode.SelectWrite))
        {
        }
        return (SocketError)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
    }
}
