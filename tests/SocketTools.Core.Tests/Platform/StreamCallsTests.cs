using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>The calls of a stream tell what the runtime's own calls tell, on any system.</summary>
public sealed class StreamCallsTests : IDisposable
{
    private const int LongMicroseconds = 30_000_000;

    private readonly Socket _near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _far;

    public StreamCallsTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _near.Connect(listener.LocalEndPoint!);
        _far = listener.Accept();
        StreamCalls.Prepare(_near);
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }

    [Fact]
    public void Nothing_there_is_not_waited_for()
    {
        Assert.Equal((0, SocketError.WouldBlock), Receive(new byte[10]));
        Assert.False(StreamCalls.Poll(_near, 0, SelectMode.SelectRead));
        Assert.True(StreamCalls.Poll(_near, 0, SelectMode.SelectWrite));
    }

    [Fact]
    public void Bytes_go_and_come_where_they_belong()
    {
        Assert.Equal((3, SocketError.Success), Send([9, 1, 2, 3, 9], 1, 3));
        var got = new byte[5];
        Assert.Equal(3, _far.Receive(got, 1, 3, SocketFlags.None));
        Assert.Equal([0, 1, 2, 3, 0], got);
        _far.Send(got);
        Assert.True(StreamCalls.Poll(_near, LongMicroseconds, SelectMode.SelectRead));
        var answer = new byte[7];
        Assert.Equal(5, StreamCalls.Receive(_near, answer, 1, 6, out var error));
        Assert.Equal(SocketError.Success, error);
        Assert.Equal([0, 0, 1, 2, 3, 0, 0], answer);
    }

    [Fact]
    public void What_there_is_no_room_for_is_not_sent()
    {
        var block = new byte[1 << 20];
        SocketError error;
        while (StreamCalls.Send(_near, block, 0, block.Length, out error) > 0)
        {
        }
        Assert.Equal(SocketError.WouldBlock, error);
        Assert.False(StreamCalls.Poll(_near, 0, SelectMode.SelectWrite));
    }

    [Fact]
    public void The_end_is_no_bytes()
    {
        _far.Shutdown(SocketShutdown.Send);
        Assert.True(StreamCalls.Poll(_near, LongMicroseconds, SelectMode.SelectRead));
        Assert.Equal((0, SocketError.Success), Receive(new byte[10]));
    }

    [Fact]
    public void A_reset_is_told_once_and_nothing_can_be_sent_after_it()
    {
        _far.LingerState = new LingerOption(true, 0);
        _far.Dispose();
        Assert.True(StreamCalls.Poll(_near, LongMicroseconds, SelectMode.SelectRead));
        Assert.Equal((0, SocketError.ConnectionReset), Receive(new byte[10]));
        Assert.Contains(Send([1], 0, 1).Error, new[] { SocketError.Shutdown, SocketError.ConnectionReset });
    }

    [Fact]
    public void A_socket_without_a_peer_says_so()
    {
        using var alone = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        StreamCalls.Prepare(alone);
        StreamCalls.Receive(alone, new byte[1], 0, 1, out var error);
        Assert.Equal(SocketError.NotConnected, error);
    }

    [Fact]
    public async Task A_socket_closed_by_another_thread_ends_a_wait()
    {
        var waiting = Task.Run(() => StreamCalls.Poll(_near, LongMicroseconds, SelectMode.SelectRead), TestContext.Current.CancellationToken);
        Assert.False(StreamCalls.Poll(_near, 1000, SelectMode.SelectRead));
        _near.Dispose();
        await Task.WhenAny(waiting, Task.Delay(LongMicroseconds / 2000, TestContext.Current.CancellationToken));
        Assert.True(waiting.IsCompleted);
        Assert.Throws<ObjectDisposedException>(() => Receive(new byte[1]));
    }

    private (int Count, SocketError Error) Receive(byte[] buffer) => (StreamCalls.Receive(_near, buffer, 0, buffer.Length, out var error), error);

    private (int Count, SocketError Error) Send(byte[] bytes, int offset, int count) => (StreamCalls.Send(_near, bytes, offset, count, out var error), error);
}
