using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class DatagramConnectorTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly DatagramConnector _connector = new();

    public void Dispose() => _connector.Dispose();

    [Theory]
    [InlineData("127.0.0.1", 5)]
    [InlineData("::1", 5)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("127.0.0.1", 20000)]
    public async Task A_reply_comes_whole(string address, int size)
    {
        using var peer = UdpPeer.Start(IPAddress.Parse(address));
        var reply = new byte[size];
        new Random(7).NextBytes(reply);
        var answering = peer.AnswerAsync(_ => reply);

        var attempt = await SendAsync(peer.EndPoint, [1, 2, 3]);

        Assert.Equal([1, 2, 3], await answering);
        Assert.Equal(SocketError.Success, attempt.Error);
        Assert.Equal(reply, attempt.Reply);
        Assert.Equal(1, attempt.Sends);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_port_that_nobody_has_refuses(bool answeredFromAnyPort)
    {
        int port;
        using (var peer = UdpPeer.Start(IPAddress.Loopback))
            port = peer.EndPoint.Port;

        var attempt = await SendAsync(new IPEndPoint(IPAddress.Loopback, port), [1], answeredFromAnyPort);

        Assert.Equal(SocketError.ConnectionRefused, attempt.Error);
        Assert.Null(attempt.Reply);
    }

    [Fact]
    public async Task A_silent_port_is_asked_again_until_the_time_is_over()
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);

        var attempt = await SendAsync(peer.EndPoint, [1], sends: 4, time: TimeSpan.FromMilliseconds(400));

        Assert.Equal(SocketError.TimedOut, attempt.Error);
        Assert.Equal(4, attempt.Sends);
        Assert.Equal(4, peer.Waiting);
        Assert.True(Stopwatch.GetElapsedTime(attempt.StartedAt, attempt.EndedAt) >= TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task An_answer_to_a_later_try_counts()
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);
        var sending = SendAsync(peer.EndPoint, [1], sends: 50, time: TimeSpan.FromSeconds(5));
        await peer.IgnoreAsync();
        await peer.AnswerAsync(static request => request);

        var attempt = await sending;

        Assert.Equal(SocketError.Success, attempt.Error);
        Assert.True(attempt.Sends >= 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_is_there_when_the_time_is_over_counts(bool answeredFromAnyPort)
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);
        for (var i = 0; i < 300; i++)
        {
            var attempt = Attempt(peer.EndPoint, answeredFromAnyPort);
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connector.Ended = _ => ended.TrySetResult();
            Assert.True(((IConnector)_connector).Connect(attempt));
            await peer.AnswerAsync(static request => request);

            ((IAttemptUnderWay)attempt.ConnectorState!).LookAfter(long.MaxValue);

            await ended.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);
            Assert.Equal(SocketError.Success, attempt.Error);
        }
    }

    [Fact]
    public async Task A_host_may_answer_from_another_port_where_the_protocol_says_so()
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);
        using var other = UdpPeer.Start(IPAddress.Loopback);
        using var stranger = UdpPeer.Start(IPAddress.Parse("127.0.0.9"));
        var answering = peer.AnswerAsync(async (request, client) =>
        {
            await stranger.SendAsync([66], client);
            await other.SendAsync([9, 9], client);
        });

        var attempt = await SendAsync(peer.EndPoint, [1], answeredFromAnyPort: true);

        await answering;
        Assert.Equal(SocketError.Success, attempt.Error);
        Assert.Equal([9, 9], attempt.Reply);
    }

    // With two local ports there are, a probe gets the one that the other does not have, and asks it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task What_probes_say_to_each_other_answers_neither(bool answeredFromAnyPort) => OwnNetwork.RunAsync(() =>
    {
        File.WriteAllText("/proc/sys/net/ipv4/ip_local_port_range", "40000 40001");
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 40001));
        var ended = new BlockingCollection<ConnectAttempt>();
        _connector.Ended = ended.Add;
        var one = Attempt(new IPEndPoint(IPAddress.Loopback, 40001), answeredFromAnyPort);
        Assert.True(((IConnector)_connector).Connect(one));
        silent.Dispose();

        var other = Attempt(new IPEndPoint(IPAddress.Loopback, 40000), false);
        var isUnderWay = ((IConnector)_connector).Connect(other);

        if (answeredFromAnyPort)
        {
            Assert.False(isUnderWay);
            Assert.Equal(SocketError.AddressAlreadyInUse, other.Error);
            return;
        }
        Assert.True(ended.TryTake(out var first, Hang));
        Assert.Same(one, first);
        Assert.True(one.MetItself);
    });

    [Fact]
    public async Task The_source_is_the_one_that_was_asked_for()
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);
        IPEndPoint? client = null;
        var answering = peer.AnswerAsync((request, from) =>
        {
            client = from;
            return peer.SendAsync(request, from);
        });
        var attempt = new ConnectAttempt { Source = IPAddress.Parse("127.0.0.7") };

        await RunAsync(attempt, peer.EndPoint, [1], false, 1, Hang);

        await answering;
        Assert.Equal("127.0.0.7", client!.Address.ToString());
    }

    [Fact]
    public async Task Disposing_ends_what_is_under_way()
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);
        var sending = SendAsync(peer.EndPoint, [1]);
        await peer.IgnoreAsync();

        _connector.Dispose();

        Assert.Equal(SocketError.OperationAborted, (await sending).Error);
    }

    private Task<ConnectAttempt> SendAsync(
        IPEndPoint remote, byte[] bytes, bool answeredFromAnyPort = false, int sends = 1, TimeSpan? time = null) =>
        RunAsync(new ConnectAttempt(), remote, bytes, answeredFromAnyPort, sends, time ?? Hang);

    private static ConnectAttempt Attempt(IPEndPoint remote, bool answeredFromAnyPort) => new()
    {
        RemoteEndPoint = remote,
        Request = new DatagramRequest(static _ => [1], answeredFromAnyPort),
        ExpiresAt = Stopwatch.GetTimestamp() + (Hang.Ticks * (Stopwatch.Frequency / TimeSpan.TicksPerSecond)),
    };

    private Task<ConnectAttempt> RunAsync(
        ConnectAttempt attempt, IPEndPoint remote, byte[] bytes, bool answeredFromAnyPort, int sends, TimeSpan time)
    {
        attempt.RemoteEndPoint = remote;
        attempt.Request = new DatagramRequest(_ => bytes, answeredFromAnyPort);
        attempt.MostSends = sends;
        attempt.ExpiresAt = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var ended = new TaskCompletionSource<ConnectAttempt>(TaskCreationOptions.RunContinuationsAsynchronously);
        _connector.Ended = a => ended.TrySetResult(a);
        if (!((IConnector)_connector).Connect(attempt))
            ended.TrySetResult(attempt);
        return ended.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);
    }
}
