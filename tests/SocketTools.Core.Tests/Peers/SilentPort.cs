using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools.Tests;

/// <summary>A loopback port that does not answer: a listener whose queue is full drops every further handshake.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];

    public SilentPort()
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "only Linux drops handshakes when a listener's queue is full");
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (var i = 0; i < 4; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _queued.Add(client);
            try
            {
                client.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
            }
        }
    }

    public int Number => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many connects to it are under way in vain.</summary>
    public int Asked => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(one => one.State == TcpState.SynSent && one.RemoteEndPoint.Equals(_listener.LocalEndPoint));

    /// <summary>Has room from now on; who has asked in vain asks again after a second or more.</summary>
    public void Answer() => _listener.Listen(16);

    public void Dispose()
    {
        _queued.ForEach(static client => client.Dispose());
        _listener.Dispose();
    }
}
