using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>A socket that clients can reach.</summary>
/// <param name="Socket">The socket: a listener, or one for datagrams.</param>
/// <param name="Protocol">Its protocol; null for a Unix socket.</param>
/// <param name="EndPoint">Where it is.</param>
internal sealed record Listening(Socket Socket, TransportProtocol? Protocol, EndPoint EndPoint)
{
    private const int Tries = 16;

    /// <summary>The port; 0 for a Unix socket.</summary>
    public int Port => (EndPoint as IPEndPoint)?.Port ?? 0;

    /// <summary>Opens all that a server is to have.</summary>
    /// <exception cref="SocketOperationException">Not all of it can be had.</exception>
    public static IReadOnlyList<Listening> Open(ServerOptions options)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                return OpenAll(options);
            }
            catch (SocketOperationException error) when (options.Port == 0 && i < Tries && error.Reason == Reason.AddressInUse)
            {
                // The port that was free for the first is not for another: the next one may be.
            }
        }
    }

    private static List<Listening> OpenAll(ServerOptions options)
    {
        var opened = new List<Listening>();
        try
        {
            if (options.UnixPath is { } path)
                opened.Add(OpenOne(UnixSocket.EndPointOf(path), null, path, options));
            else
                foreach (var protocol in options.Protocols)
                    foreach (var address in options.Addresses)
                    {
                        var endPoint = new IPEndPoint(address, opened.FirstOrDefault()?.Port ?? options.Port);
                        opened.Add(OpenOne(endPoint, protocol, HostTarget.Join(address.ToString(), endPoint.Port), options));
                    }
            return opened;
        }
        catch
        {
            opened.ForEach(static one => one.Socket.Dispose());
            throw;
        }
    }

    private static Listening OpenOne(EndPoint endPoint, TransportProtocol? protocol, string name, ServerOptions options)
    {
        Socket? socket = null;
        try
        {
            socket = protocol == TransportProtocol.Udp
                ? new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
                : new Socket(endPoint.AddressFamily, SocketType.Stream, protocol is null ? ProtocolType.Unspecified : ProtocolType.Tcp);
            if (protocol is not null)
                ListenerOptions.MakeExclusive(socket);
            ServerTls.ServeBothFamilies(socket, endPoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any) && !options.Addresses.Contains(IPAddress.Any));
            if (protocol == TransportProtocol.Udp)
                DatagramSocket.KeepOn(socket);
            socket.Bind(endPoint);
            if (protocol != TransportProtocol.Udp)
                socket.Listen(options.Backlog);
            return new Listening(socket, protocol, socket.LocalEndPoint!);
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            var failure = Failure.OfLocal(error.SocketErrorCode);
            throw new SocketOperationException(
                $"Cannot listen on {name}: {failure.Reason} ({failure.ErrorName}). {Remedy.ForListening(failure.Reason)}", name, failure, error);
        }
    }
}
