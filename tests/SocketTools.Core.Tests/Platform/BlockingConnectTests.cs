using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class BlockingConnectTests : IDisposable
{
    private const int LongMilliseconds = 30_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public void Dispose() => _socket.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_listener_is_connected_to(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || address != "::1", "this system has no IPv6");
        using var listener = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        listener.Listen();
        using var socket = new Socket(listener.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        Assert.Equal(SocketError.Success, BlockingConnect.Run(socket, (IPEndPoint)listener.LocalEndPoint!, new Deadline(LongMilliseconds), TestContext.Current.CancellationToken));

        using var accepted = listener.Accept();
        Assert.Equal(accepted.RemoteEndPoint, BlockingConnect.LocalEndPointOf(socket));
        Assert.Equal(3, socket.Send([1, 2, 3]));
        Assert.Equal(3, accepted.Receive(new byte[9]));
    }

    [Fact]
    public void A_port_without_a_listener_refuses()
    {
        using var port = LoopbackPort.Closed();
        Assert.Equal(SocketError.ConnectionRefused, Run(port.Number, LongMilliseconds));
    }

    [Fact]
    public void What_does_not_answer_ends_with_the_deadline()
    {
        using var silent = new SilentPort();
        var clock = Stopwatch.StartNew();
        Assert.Equal(SocketError.TimedOut, Run(silent.Number, 300));
        Assert.InRange(clock.ElapsedMilliseconds, 290, LongMilliseconds / 2);
    }

    [Fact]
    public void A_time_that_is_over_is_not_begun() => Assert.Equal(
        SocketError.TimedOut, BlockingConnect.Run(_socket, new IPEndPoint(IPAddress.Loopback, 9), new Deadline(0), TestContext.Current.CancellationToken));

    [Fact]
    public void Who_stops_does_not_wait()
    {
        using var silent = new SilentPort();
        using var stop = new CancellationTokenSource(200);
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => BlockingConnect.Run(_socket, new IPEndPoint(IPAddress.Loopback, silent.Number), new Deadline(LongMilliseconds), stop.Token));
        Assert.InRange(clock.ElapsedMilliseconds, 150, LongMilliseconds / 2);
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_one()
    {
        using var silent = new SilentPort();
        var before = silent.Asked;
        var connecting = Task.Run(() => Run(silent.Number, LongMilliseconds), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => silent.Asked > before, TestContext.Current.CancellationToken);
        Assert.False(connecting.IsCompleted);
        silent.Answer();
        Assert.Equal(SocketError.Success, await connecting);
    }

    [Fact]
    public void A_socket_that_meets_itself_was_refused()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(SocketError.ConnectionRefused, Run(((IPEndPoint)_socket.LocalEndPoint!).Port, LongMilliseconds));
    }

    private SocketError Run(int port, int milliseconds)
    {
        try
        {
            return BlockingConnect.Run(_socket, new IPEndPoint(IPAddress.Loopback, port), new Deadline(milliseconds), TestContext.Current.CancellationToken);
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }
}
