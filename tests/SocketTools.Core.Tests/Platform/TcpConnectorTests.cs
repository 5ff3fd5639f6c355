using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What every way to the socket must do.</summary>
public sealed class TcpConnectorTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Connectors =>
        LinuxSockets.IsSupported ? ["SocketAsyncEventArgs", "epoll"] : ["SocketAsyncEventArgs"];

    [Theory, MemberData(nameof(Connectors))]
    public async Task A_listener_accepts(string name)
    {
        using var connector = Make(name);
        using var port = LoopbackPort.Open();

        var attempt = await ConnectAsync(connector, port.Number);

        Assert.Equal(SocketError.Success, attempt.Error);
        Assert.False(attempt.MetItself);
        Assert.True(attempt.EndedAt >= attempt.StartedAt);
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task A_port_without_a_listener_refuses(string name)
    {
        using var connector = Make(name);
        using var port = LoopbackPort.Closed();

        Assert.Equal(SocketError.ConnectionRefused, (await ConnectAsync(connector, port.Number)).Error);
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task Silence_ends_when_the_time_is_over_and_not_before(string name)
    {
        using var connector = Make(name);
        using var port = new SilentPort();

        var attempt = await ConnectAsync(connector, port.Number, TimeSpan.FromMilliseconds(100));

        Assert.Equal(SocketError.TimedOut, attempt.Error);
        Assert.True(Stopwatch.GetElapsedTime(attempt.StartedAt, attempt.EndedAt) >= TimeSpan.FromMilliseconds(100));
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task An_attempt_can_be_used_again(string name)
    {
        using var connector = Make(name);
        using var open = LoopbackPort.Open();
        using var closed = LoopbackPort.Closed();
        var attempt = new ConnectAttempt();

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(SocketError.Success, (await ConnectAsync(connector, open.Number, attempt: attempt)).Error);
            Assert.Equal(SocketError.ConnectionRefused, (await ConnectAsync(connector, closed.Number, attempt: attempt)).Error);
        }
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task Disposing_ends_what_is_under_way(string name)
    {
        var connector = Make(name);
        using var port = new SilentPort();
        var attempts = new List<Task<ConnectAttempt>>();
        connector.Ended = static attempt => ((TaskCompletionSource<ConnectAttempt>)((Attempt)attempt).Tag!).TrySetResult(attempt);
        for (var i = 0; i < 50; i++)
            attempts.Add(Start(connector, port.Number, TimeSpan.FromMinutes(1), new Attempt()));

        connector.Dispose();

        var ended = await Task.WhenAll(attempts).WaitAsync(Hang, TestContext.Current.CancellationToken);
        Assert.All(ended, static attempt => Assert.Equal(SocketError.OperationAborted, attempt.Error));
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task IPv6_works_as_IPv4_does(string name)
    {
        using var connector = Make(name);
        using var port = LoopbackPort.Open(IPAddress.IPv6Loopback);
        var attempt = new Attempt { RemoteEndPoint = new IPEndPoint(IPAddress.IPv6Loopback, port.Number), ExpiresAt = long.MaxValue };

        Assert.Equal(SocketError.Success, (await RunAsync(connector, attempt)).Error);
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task The_source_is_the_one_that_was_asked_for(string name)
    {
        using var connector = Make(name);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var accepting = listener.AcceptAsync(TestContext.Current.CancellationToken);
        var attempt = new Attempt { Source = IPAddress.Parse("127.0.0.7") };

        await ConnectAsync(connector, ((IPEndPoint)listener.LocalEndPoint!).Port, attempt: attempt);

        using var accepted = await accepting;
        Assert.Equal("127.0.0.7", ((IPEndPoint)accepted.RemoteEndPoint!).Address.ToString());
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task A_source_that_is_not_of_this_host_cannot_be_used(string name)
    {
        using var connector = Make(name);
        using var port = LoopbackPort.Open();
        var attempt = new Attempt { Source = IPAddress.Parse("192.0.2.1") };

        Assert.Equal(SocketError.AddressNotAvailable, (await ConnectAsync(connector, port.Number, attempt: attempt)).Error);
        Assert.False(connector.HasRouteTo(IPAddress.Loopback, attempt.Source));
    }

    [Fact]
    public async Task A_connection_is_handed_over_to_whoever_asks_for_it()
    {
        using var connector = TcpConnector.Create(keepsConnections: true);
        using var port = LoopbackPort.Open();
        var attempt = new Attempt { KeepsConnection = true };

        await ConnectAsync(connector, port.Number, attempt: attempt);

        using var connection = attempt.Connection;
        Assert.Equal(port.Number, ((IPEndPoint)connection!.RemoteEndPoint!).Port);
    }

    private sealed class Attempt : ConnectAttempt
    {
        public object? Tag { get; set; }
    }

    private static IConnector Make(string name) => name switch
    {
        "SocketAsyncEventArgs" => new EventArgsConnector(),
        "epoll" => new EpollConnector(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static Task<ConnectAttempt> ConnectAsync(
        IConnector connector, int port, TimeSpan? timeout = null, ConnectAttempt? attempt = null)
    {
        attempt ??= new ConnectAttempt();
        attempt.RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, port);
        attempt.ExpiresAt = Stopwatch.GetTimestamp() + (long)((timeout ?? Hang).TotalSeconds * Stopwatch.Frequency);
        return RunAsync(connector, attempt);
    }

    private static Task<ConnectAttempt> RunAsync(IConnector connector, ConnectAttempt attempt)
    {
        var ended = new TaskCompletionSource<ConnectAttempt>(TaskCreationOptions.RunContinuationsAsynchronously);
        connector.Ended = a => ended.TrySetResult(a);
        if (!connector.Connect(attempt))
            ended.TrySetResult(attempt);
        return ended.Task.WaitAsync(Hang);
    }

    private static Task<ConnectAttempt> Start(IConnector connector, int port, TimeSpan timeout, Attempt attempt)
    {
        var ended = new TaskCompletionSource<ConnectAttempt>(TaskCreationOptions.RunContinuationsAsynchronously);
        attempt.Tag = ended;
        attempt.RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, port);
        attempt.ExpiresAt = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        if (!connector.Connect(attempt))
            ended.TrySetResult(attempt);
        return ended.Task;
    }
}
