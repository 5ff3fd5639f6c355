using System;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Takes the connections that wait at a server, one by one, on the caller's thread.</summary>
internal sealed class ConnectionTaker
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly ServerPorts _ports;
    private readonly ConnectionDesk _desk;

    public ConnectionTaker(ServerPorts ports, ConnectionDesk desk)
    {
        _ports = ports;
        _desk = desk;
    }

    /// <summary>The next connection; null when there will be none.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public SocketConnection? Take(WaitLimit limit, Func<bool> goesOn)
    {
        while (goesOn())
        {
            var listening = _ports.Sockets.Where(static one => one.Protocol != TransportProtocol.Udp).ToList();
            var ready = listening.Select(static one => one.Socket).ToList();
            try
            {
                if (ready.Count > 0)
                    Socket.Select(ready, null, null, limit.NextWait(Slice));
                if (ready.Count > 0 && Take(listening.First(one => one.Socket == ready[0]), limit) is { } connection)
                    return connection;
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException)
            {
                // The server was stopped meanwhile, or the client is gone already.
                _ = limit.NextWait(Slice);
            }
        }
        return null;
    }

    private SocketConnection? Take(Listening listening, WaitLimit limit)
    {
        var socket = listening.Socket.Accept();
        var record = _desk.RecordOf(socket, listening);
        _desk.Counters.CountAccepted();
        _desk.Log.Opened(record);
        try
        {
            if (listening.Protocol is not null)
                socket.NoDelay = true;
            var connection = new SocketConnection(socket, Transport(socket, limit, out var tls), tls, record.Transcript);
            record.TlsProtocol = connection.TlsProtocol;
            _desk.Closed(record, ServerConnectionEnd.HandedOver, null);
            return connection;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A client that cannot do TLS is not the one that is waited for.
            socket.Dispose();
            _desk.Counters.CountError();
            _desk.Closed(record, ServerConnectionEnd.TlsFailed, error.GetBaseException().Message);
            return null;
        }
    }

    private SocketStream Transport(Socket socket, WaitLimit limit, out SslStream? tls)
    {
        var transport = new SocketStream(socket) { ReadLimit = limit, WriteLimit = limit };
        tls = null;
        if (_desk.Options.Certificate is not { } certificate)
            return transport;
        tls = new SslStream(transport, leaveInnerStreamOpen: true);
        tls.AuthenticateAsServer(certificate, clientCertificateRequired: false, TlsVersions.Default, checkCertificateRevocation: false);
        return transport;
    }
}
