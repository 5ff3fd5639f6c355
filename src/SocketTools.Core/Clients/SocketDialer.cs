using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Opens a TCP connection to a host: resolves its name and tries its addresses in order until one accepts.</summary>
internal sealed class SocketDialer
{
    private readonly HostResolver _resolver;

    public SocketDialer(HostResolver resolver) => _resolver = resolver;

    /// <summary>A connected socket, which the caller owns.</summary>
    /// <param name="target">The host and its port.</param>
    /// <param name="family">The only address family to use, or <see cref="AddressFamily.Unspecified"/>.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <exception cref="NameResolutionException">The name does not resolve.</exception>
    /// <exception cref="SocketTimeoutException">The deadline passed.</exception>
    /// <exception cref="SocketOperationException">No address accepted; carries the last one's failure.</exception>
    public async Task<Socket> ConnectAsync(
        HostTarget target, AddressFamily family, Deadline deadline, CancellationToken cancellation)
    {
        var addresses = await _resolver
            .GetAddressesAsync(target.ComputerName, family, deadline.Remaining, cancellation).ConfigureAwait(false);
        var last = SocketError.TimedOut;
        for (var i = 0; i < addresses.Count; i++)
        {
            // A silent address leaves the others their share of the time.
            var share = TimeSpan.FromTicks(deadline.Remaining.Ticks / (addresses.Count - i));
            (var socket, last) = await TryConnectAsync(new IPEndPoint(addresses[i], target.Port!.Value), share, cancellation).ConfigureAwait(false);
            if (socket is not null)
                return socket;
            if (deadline.HasPassed)
                break;
        }
        throw Refused(target, addresses, last);
    }

    private static async Task<(Socket? Socket, SocketError Error)> TryConnectAsync(
        IPEndPoint endPoint, TimeSpan time, CancellationToken cancellation)
    {
        Socket? socket = null;
        var connected = false;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            WindowsConnect.TellAtOnce(socket);
            using var guard = new DeadlineGuard(time, socket.Dispose, cancellation);
            try
            {
                await Task.Factory.FromAsync(socket.BeginConnect, socket.EndConnect, endPoint, null).ConfigureAwait(false);
                connected = !IsConnectedToItself(socket);
                return connected ? (socket, SocketError.Success) : (null, SocketError.ConnectionRefused);
            }
            catch (Exception) when (guard.HasFired)
            {
                cancellation.ThrowIfCancellationRequested();
                return (null, SocketError.TimedOut);
            }
        }
        catch (SocketException error)
        {
            return (null, error.SocketErrorCode);
        }
        finally
        {
            if (!connected)
                socket?.Dispose();
        }
    }

    // A connection from an ephemeral port of this host to itself (RFC 9293 section 3.5, simultaneous open).
    private static bool IsConnectedToItself(Socket socket) => Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    private static SocketToolsException Refused(HostTarget target, IReadOnlyList<IPAddress> addresses, SocketError error)
    {
        var endPoint = target.ToString();
        var failure = Failure.Of(error);
        var tried = addresses.Count == 1 && addresses[0].ToString() == target.ComputerName
            ? endPoint
            : $"{endPoint} ({string.Join(", ", addresses)})";
        return error == SocketError.TimedOut
            ? new SocketTimeoutException($"No connection to {tried} in time (ETIMEDOUT). {Remedy.For(failure.Reason)}", endPoint)
            : new SocketOperationException($"No connection to {tried}: {failure.Reason} ({failure.ErrorName}). {Remedy.For(failure.Reason)}", endPoint, failure);
    }
}
