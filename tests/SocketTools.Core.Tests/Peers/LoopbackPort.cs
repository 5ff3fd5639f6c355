using System;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Tests;

/// <summary>A loopback port of the test's own: open while it listens, else closed, but nobody else's either way.</summary>
internal sealed class LoopbackPort : IDisposable
{
    private readonly Socket _socket;

    private LoopbackPort(IPAddress address, int number = 0)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(address, number));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public static LoopbackPort Open(IPAddress? address = null)
    {
        var port = new LoopbackPort(address ?? IPAddress.Loopback);
        port.Listen();
        return port;
    }

    /// <param name="number">Its number; one that is free when 0.</param>
    public static LoopbackPort Closed(int number = 0) => new(IPAddress.Loopback, number);

    /// <summary>Opens a closed port.</summary>
    public void Listen() => _socket.Listen(512);

    public void Dispose() => _socket.Dispose();
}
