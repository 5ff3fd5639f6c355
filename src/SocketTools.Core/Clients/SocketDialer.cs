using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Opens a TCP connection to a host: resolves its name and tries its addresses, a little after one another and
/// families in turns, until one accepts (Happy Eyeballs, RFC 8305).</summary>
internal sealed class SocketDialer
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250); // RFC 8305 section 5

    private readonly HostResolver _resolver;
    private readonly SocketSetup _setup;

    public SocketDialer(HostResolver resolver, SocketSetup? setup = null)
    {
        _resolver = resolver;
        _setup = setup ?? new SocketSetup();
    }

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
        var addresses = await _resolver.GetAddressesAsync(target.ComputerName, family, deadline.Remaining, cancellation).ConfigureAwait(false);
        return await ConnectAsync(target, addresses, deadline, cancellation).ConfigureAwait(false);
    }

    /// <summary>A connected socket, of a host whose addresses are known.</summary>
    /// <inheritdoc cref="ConnectAsync(HostTarget, AddressFamily, Deadline, CancellationToken)"/>
    public async Task<Socket> ConnectAsync(
        HostTarget target, IReadOnlyList<IPAddress> found, Deadline deadline, CancellationToken cancellation)
    {
        var addresses = Interleaved(found);
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task<Attempt>>();
        try
        {
            var last = SocketError.TimedOut;
            for (var next = 0; next < addresses.Count || running.Count > 0;)
            {
                if (next < addresses.Count)
                    running.Add(TryConnectAsync(new IPEndPoint(Reachable(addresses[next++]), target.Port!.Value), deadline.Remaining, race.Token));
                var ended = await FirstAsync(running, next < addresses.Count ? Stagger : null).ConfigureAwait(false);
                if (ended is null)
                    continue;
                running.Remove(ended);
                var (socket, error) = await ended.ConfigureAwait(false);
                if (socket is not null)
                    return socket;
                last = error;
                if (deadline.HasPassed)
                    break;
            }
            throw Refused(target, addresses, last);
        }
        finally
        {
            race.Cancel();
            running.ForEach(Close);
        }
    }

    /// <summary>A connected socket, of a host with one address, by <see cref="BlockingConnect"/>.</summary>
    /// <inheritdoc cref="ConnectAsync(HostTarget, AddressFamily, Deadline, CancellationToken)"/>
    public Socket Connect(HostTarget target, IPEndPoint endPoint, Deadline deadline, CancellationToken cancellation)
    {
        Socket? socket = null;
        SocketError error;
        try
        {
            socket = _setup.OpenTcp(endPoint.AddressFamily);
            error = BlockingConnect.Run(socket, endPoint, deadline, cancellation);
            if (error == SocketError.Success)
                return socket;
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
        socket?.Dispose();
        throw Refused(target, [endPoint.Address], error);
    }

    /// <summary>An address as a connect takes it: an IPv4-mapped one (RFC 4291 section 2.5.5.2) is reached over IPv4.</summary>
    internal static IPAddress Reachable(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The addresses with the families in turns, in the resolver's order within each (RFC 8305 section 4).</summary>
    internal static IReadOnlyList<IPAddress> Interleaved(IReadOnlyList<IPAddress> addresses)
    {
        if (addresses.Count < 2)
            return addresses;
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToList();
        var others = addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily).ToList();
        var turns = new List<IPAddress>(addresses.Count);
        for (var i = 0; i < Math.Max(first.Count, others.Count); i++)
        {
            turns.AddRange(first.Skip(i).Take(1));
            turns.AddRange(others.Skip(i).Take(1));
        }
        return turns;
    }

    /// <summary>Connects a socket to one end point, or says why not.</summary>
    internal static async Task<Attempt> ConnectAsync(Socket socket, EndPoint endPoint, TimeSpan time, CancellationToken cancellation)
    {
        if (PolledConnect.IsUseful)
        {
            var error = await PolledConnect.RunAsync(socket, endPoint, time, cancellation).ConfigureAwait(false);
            return error != SocketError.Success ? new Attempt(null, error) : Met(socket, endPoint);
        }
        using var guard = new DeadlineGuard(time, socket.Dispose, cancellation);
        try
        {
            await Task.Factory.FromAsync(socket.BeginConnect, socket.EndConnect, endPoint, null).ConfigureAwait(false);
            return Met(socket, endPoint);
        }
        catch (Exception) when (guard.HasFired)
        {
            cancellation.ThrowIfCancellationRequested();
            return new Attempt(null, SocketError.TimedOut);
        }
    }

    // The first that ends within the time, or null.
    private static async Task<Task<Attempt>?> FirstAsync(List<Task<Attempt>> running, TimeSpan? time)
    {
        if (time is null)
            return await Task.WhenAny(running).ConfigureAwait(false);
        using var pause = new CancellationTokenSource();
        var over = Task.Delay(time.Value, pause.Token);
        var ended = await Task.WhenAny(running.Append(over)).ConfigureAwait(false);
        pause.Cancel();
        return ended == over ? null : (Task<Attempt>)ended;
    }

    private async Task<Attempt> TryConnectAsync(IPEndPoint endPoint, TimeSpan time, CancellationToken cancellation)
    {
        Socket? socket = null;
        var connected = false;
        try
        {
            socket = _setup.OpenTcp(endPoint.AddressFamily);
            var attempt = await ConnectAsync(socket, endPoint, time, cancellation).ConfigureAwait(false);
            connected = attempt.Socket is not null;
            return attempt;
        }
        catch (SocketException error)
        {
            return new Attempt(null, error.SocketErrorCode);
        }
        finally
        {
            if (!connected)
                socket?.Dispose();
        }
    }

    // A loser may have connected in the same moment.
    private static void Close(Task<Attempt> loser) => loser.ContinueWith(
        static task =>
        {
            if (task.Status == TaskStatus.RanToCompletion)
                task.Result.Socket?.Dispose();
            return task.Exception;
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>What a connect that succeeded has made: a connection from an ephemeral port of this host to itself (RFC 9293 section
    /// 3.5, simultaneous open) is none.</summary>
    internal static Attempt Met(Socket socket, EndPoint asked) =>
        asked is IPEndPoint { Port: var port } && socket.LocalEndPoint is IPEndPoint own && own.Port == port && own.Equals(socket.RemoteEndPoint)
            ? new Attempt(null, SocketError.ConnectionRefused)
            : new Attempt(socket, SocketError.Success);

    /// <summary>The failure to connect to any of a host's addresses.</summary>
    internal static SocketToolsException Refused(HostTarget target, IReadOnlyList<IPAddress> addresses, SocketError error)
    {
        var tried = addresses.Count == 1 && addresses[0].ToString() == target.ComputerName
            ? target.ToString()
            : $"{target} ({string.Join(", ", addresses)})";
        return NoConnection(tried, target.ToString(), error);
    }

    /// <summary>The failure of a connect, with what to do about it.</summary>
    /// <param name="tried">What was tried, for people.</param>
    /// <param name="endPoint">The end point that was asked for.</param>
    /// <param name="error">Why it failed.</param>
    internal static SocketToolsException NoConnection(string tried, string endPoint, SocketError error)
    {
        var failure = Failure.Of(error);
        return error == SocketError.TimedOut
            ? new SocketTimeoutException($"No connection to {tried} in time (ETIMEDOUT). {Remedy.For(failure.Reason)}", endPoint)
            : new SocketOperationException($"No connection to {tried}: {failure.Reason} ({failure.ErrorName}). {Remedy.For(failure.Reason)}", endPoint, failure);
    }

    /// <summary>How a connect ended: with a socket, or with an error.</summary>
    internal readonly record struct Attempt(Socket? Socket, SocketError Error);
}
