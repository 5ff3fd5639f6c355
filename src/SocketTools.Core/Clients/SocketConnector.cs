using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Opens connections of every kind.</summary>
internal sealed class SocketConnector
{
    private readonly HostResolver _resolver;

    public SocketConnector(HostResolver? resolver = null) => _resolver = resolver ?? new HostResolver();

    /// <summary>An open connection, which the caller owns.</summary>
    /// <exception cref="SocketToolsException">It could not be opened.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public async Task<SocketConnection> ConnectAsync(ConnectOptions options, CancellationToken cancellation)
    {
        var deadline = new Deadline(options.TimeoutMilliseconds);
        var socket = await OpenAsync(options, deadline, cancellation).ConfigureAwait(false);
        try
        {
            if (!DescriptorBudget.Admits(socket))
                throw SocketDialer.NoConnection(NameOf(options), NameOf(options), SocketError.TooManyOpenSockets);
            if (options.Tls is null && options.Proxy is null && options.StartTls is null)
                return Connection(options, socket, options.Protocol == TransportProtocol.Udp ? null : new SocketStream(socket), null, deadline);
            return await BlockingCall.Start(() => Complete(options, socket, deadline, cancellation), CancellationToken.None).Result.ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Socket> OpenAsync(ConnectOptions options, Deadline deadline, CancellationToken cancellation)
    {
        if (options.UnixPath is { } path)
            return await OpenUnixAsync(options, path, deadline, cancellation).ConfigureAwait(false);
        if (options.Protocol == TransportProtocol.Udp)
            return await OpenUdpAsync(options, deadline, cancellation).ConfigureAwait(false);
        var dialer = new SocketDialer(_resolver, options.Setup);
        return await dialer.ConnectAsync(options.Proxy?.Target ?? options.Target!, options.Family, deadline, cancellation).ConfigureAwait(false);
    }

    /// <summary>A socket that is connected to a Unix socket's path, which the caller owns.</summary>
    internal static async Task<Socket> OpenUnixAsync(ConnectOptions options, string path, Deadline deadline, CancellationToken cancellation)
    {
        Socket? socket = null;
        var error = SocketError.Success;
        try
        {
            var isDatagram = options.Protocol == TransportProtocol.Udp;
            socket = new Socket(AddressFamily.Unix, isDatagram ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
            options.Setup.Apply(socket);
            // Who has no name gets no answer: Linux gives one that needs no file.
            if (isDatagram && RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
                socket.Bind(UnixSocket.EndPointOf("@socket-tools-" + Guid.NewGuid().ToString("N")));
            (var connected, error) = await SocketDialer.ConnectAsync(socket, UnixSocket.EndPointOf(path), deadline.Remaining, cancellation).ConfigureAwait(false);
            if (connected is not null)
                return connected;
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
        }
        catch (ArgumentException failure)
        {
            socket?.Dispose();
            throw new SocketOperationException(
                $"'{PrintableText.Excerpt(path)}' cannot be the path of a socket: it is longer than systems take, 108 bytes on Linux. Make a shorter one that leads there, a symbolic link for instance.",
                path, Failure.Because(Reason.OtherError), failure);
        }
        socket?.Dispose();
        throw error switch
        {
            SocketError.AccessDenied => new SocketOperationException(
                $"No connection to {path}: PermissionDenied (EACCES). This user may not use that socket.", path, Failure.OfLocal(error)),
            SocketError.AddressNotAvailable => new SocketOperationException(
                $"No connection to {path}: there is no such socket. Check the path, and that the service runs.", path, new Failure(Reason.ConnectionRefused, "ENOENT", 2)),
            SocketError.ConnectionRefused => new SocketOperationException(
                $"No connection to {path}: ConnectionRefused (ECONNREFUSED). Nothing listens there: check that it is a service's socket, and that the service runs.", path, Failure.Of(error)),
            _ => SocketDialer.NoConnection(path, path, error),
        };
    }

    private async Task<Socket> OpenUdpAsync(ConnectOptions options, Deadline deadline, CancellationToken cancellation)
    {
        var peer = options.Target is null ? null : new IPEndPoint(
            (await _resolver.GetAddressesAsync(options.Target.ComputerName, options.Family, deadline.Remaining, cancellation).ConfigureAwait(false))[0],
            options.Target.Port!.Value);
        var family = peer?.AddressFamily ?? options.Setup.Source?.AddressFamily ?? options.MulticastGroup?.AddressFamily ?? AddressFamily.InterNetwork;
        Socket? socket = null;
        try
        {
            socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            options.Setup.Apply(socket);
            if (options.Broadcast)
                socket.EnableBroadcast = true;
            if (options.MulticastGroup is not null)
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (peer is null)
                socket.Bind(new IPEndPoint(ListeningAddress(options, family), options.Setup.SourcePort));
            else
                options.Setup.Bind(socket);
            Join(socket, options);
            if (peer is not null)
                socket.Connect(peer);
            return socket;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            var failure = Failure.OfLocal(error.SocketErrorCode);
            var remedy = peer is not null && failure.Reason == Reason.PermissionDenied
                ? "An address of all of a network needs -Broadcast."
                : Remedy.ForListening(failure.Reason);
            throw new SocketOperationException(
                $"No UDP socket for {NameOf(options)}: {failure.Reason} ({failure.ErrorName}). {remedy}", NameOf(options), failure, error);
        }
    }

    // Loopback, so that nobody but this computer reaches it, unless what is wanted goes further by its nature. A socket that is
    // bound to one of this computer's addresses hears no group on Linux: the source only says through which interface.
    private static IPAddress ListeningAddress(ConnectOptions options, AddressFamily family)
    {
        if (options.Setup.Source is { } source && options.MulticastGroup is null)
            return source;
        var isFar = options.Broadcast || options.MulticastGroup is not null;
        return family == AddressFamily.InterNetworkV6
            ? isFar ? IPAddress.IPv6Any : IPAddress.IPv6Loopback
            : isFar ? IPAddress.Any : IPAddress.Loopback;
    }

    private static void Join(Socket socket, ConnectOptions options)
    {
        switch (options.MulticastGroup)
        {
            case null:
                break;
            case { AddressFamily: AddressFamily.InterNetworkV6 } group:
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, group.ScopeId));
                break;
            case var group:
                var through = options.Setup.Source ?? IPAddress.Any;
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, through));
                if (!through.Equals(IPAddress.Any))
                    socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, through.GetAddressBytes());
                break;
        }
    }

    private SocketConnection Complete(ConnectOptions options, Socket socket, Deadline deadline, CancellationToken cancellation)
    {
        var transport = new SocketStream(socket);
        var limit = new WaitLimit(deadline, cancellation);
        transport.ReadLimit = transport.WriteLimit = limit;
        var endPoint = NameOf(options);
        try
        {
            if (options.Proxy is { } proxy)
                new ProxyDialogue(transport, proxy).Run(HostFor(proxy, options, deadline, cancellation), options.Target!.Port!.Value);
            if (options.StartTls is { } protocol)
                new StartTlsDialogue(transport, endPoint).Run(protocol);
            var client = options.Tls is null ? null : new TlsClient(endPoint, options.Tls);
            return Connection(options, socket, transport, client?.Handshake(transport), deadline, client?.Session);
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw ConnectionFault.Of(error, endPoint, "before it was ready", options.TimeoutMilliseconds, "");
        }
    }

    private string HostFor(ProxyServer proxy, ConnectOptions options, Deadline deadline, CancellationToken cancellation) => proxy.ResolvesNames
        ? options.Target!.ComputerName
        : _resolver.GetAddressesAsync(options.Target!.ComputerName, options.Family, deadline.Remaining, cancellation).GetAwaiter().GetResult()[0].ToString();

    private static SocketConnection Connection(ConnectOptions options, Socket socket, SocketStream? transport, SslStream? tls, Deadline deadline, TlsSession? session = null) =>
        new(socket, transport, tls, options.TranscriptBytes is { } bytes ? new SocketTranscript(bytes) : null)
        {
            ComputerName = options.Target?.ComputerName ?? (options.UnixPath is null ? "" : ThisComputer.Name),
            Port = options.Target?.Port ?? 0,
            ConnectMs = deadline.ElapsedMs,
            TimeoutMilliseconds = options.TimeoutMilliseconds,
            TlsSession = session,
        };

    private static string NameOf(ConnectOptions options) =>
        options.Target?.ToString() ?? options.UnixPath ?? HostTarget.Join((options.Setup.Source ?? IPAddress.Loopback).ToString(), options.Setup.SourcePort);
}
