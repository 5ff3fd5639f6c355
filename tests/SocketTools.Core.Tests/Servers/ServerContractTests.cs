using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a server does, however it serves.</summary>
public sealed class ServerContractTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly List<SocketServer> _targets = [];

    public static TheoryData<string> Ways => ["loop", "portable loop", "streams", "TLS"];

    public static TheoryData<string> AllWays => [.. Ways, "forwarded"];

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(AllWays))]
    public async Task Many_clients_are_echoed_at_once(string way)
    {
        using var server = Start(way, new EchoHandler());

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var client = await ServerClient.ConnectAsync(server);
            return await client.ExchangeAsync([.. BitConverter.GetBytes(i), 1, 2, 3]);
        }));

        Assert.Equal(Enumerable.Range(0, 200), answers.Select(static bytes => BitConverter.ToInt32(bytes)));
        await EventuallyAsync(() => server.ConnectionsOpen == 0);
        Assert.Equal((200, 200 * 7, 200 * 7, 0), (server.ConnectionsAccepted, server.BytesReceived, server.BytesSent, server.Errors));
        Assert.All(server.Connections, static c => Assert.Equal((ServerConnectionEnd.ClientClosed, 7, 7), (c.End, c.BytesReceived, c.BytesSent)));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task What_came_before_a_half_close_arrives_whole(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var client = await ServerClient.ConnectAsync(server);
        var sent = new byte[3_000_000];
        new Random(7).NextBytes(sent);

        Assert.Equal(sent, await client.ExchangeAsync(sent));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task A_client_that_does_not_read_is_not_read_and_loses_nothing(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var slow = await ServerClient.ConnectAsync(server);
        using var other = await ServerClient.ConnectAsync(server);
        var block = new byte[1 << 20];
        new Random(3).NextBytes(block);

        // It sends until nothing more goes: the server holds what the buffers of both sides hold, and no more.
        var sent = 0L;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Test);
        var sending = Task.Run(async () =>
        {
            while (true)
            {
                await slow.Stream.WriteAsync(block, stop.Token);
                Interlocked.Add(ref sent, block.Length);
            }
        }, Test);
        await StandsStillAsync(() => server.BytesReceived);

        // With forwarding there is what the other server and the system hold as well.
        Assert.InRange(server.BytesReceived - server.BytesSent, 0, way == "forwarded" ? 64 << 20 : 1 << 20);
        Assert.Equal([42], await EchoAsync(other, [42]));
        var whole = (int)Interlocked.Read(ref sent);
        var back = await slow.ReadAsync(whole);
        for (var at = 0; at < whole; at += block.Length)
            Assert.True(back.AsSpan(at, block.Length).SequenceEqual(block), $"changed in block {at / block.Length}");
        slow.Reset();
        await Assert.ThrowsAnyAsync<Exception>(() => sending.WaitAsync(Hang, Test));
        await EventuallyAsync(() => server.ConnectionsOpen == 1);
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task A_reset_ends_only_its_own_connection(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var steady = await ServerClient.ConnectAsync(server);
        var atOnce = await ServerClient.ConnectAsync(server);
        atOnce.Reset();
        var afterAnswer = await ServerClient.ConnectAsync(server);
        await EchoAsync(afterAnswer, [1]);
        afterAnswer.Reset();
        var unread = await ServerClient.ConnectAsync(server);
        await unread.SendAsync(new byte[100_000]);
        unread.Reset();

        await EventuallyAsync(() => server.ConnectionsOpen == 1);
        Assert.Equal([42], await EchoAsync(steady, [42]));
        Assert.Equal((0, ServerState.Running), (server.Errors, server.State));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Discard_takes_all_and_says_nothing(string way)
    {
        using var server = Start(way, new DiscardHandler());
        using var client = await ServerClient.ConnectAsync(server);

        Assert.Empty(await client.ExchangeAsync(new byte[1_000_000]));
        Assert.Equal(1_000_000, server.BytesReceived);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Daytime_says_the_time_and_ends(string way)
    {
        using var server = Start(way, new DaytimeHandler());
        using var client = await ServerClient.ConnectAsync(server);

        var (bytes, isReset) = await client.ReadToEndAsync();

        Assert.False(isReset);
        Assert.Matches(@"^\w+day, \w+ \d+, \d{4} \d\d:\d\d:\d\d\r\n$", Encoding.ASCII.GetString(bytes));
        await client.EndAsync();
        await EventuallyAsync(() => server.Connections[0].End == ServerConnectionEnd.ServerClosed);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_client_that_still_sends_when_the_server_has_said_all_gets_all(string way)
    {
        var reply = new byte[200_000];
        using var server = Start(way, new ReplyHandler(reply, ReplyPer.Connection));
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync(new byte[10_000]);

        var (bytes, isReset) = await client.ReadToEndAsync();

        Assert.Equal((reply.Length, false), (bytes.Length, isReset));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_reply_comes_for_each_line(string way)
    {
        using var server = Start(way, new ReplyHandler("ok\n"u8.ToArray(), ReplyPer.Line));
        using var client = await ServerClient.ConnectAsync(server);
        var lines = string.Concat(Enumerable.Repeat("ask\r\n", 20_000));

        Assert.Equal("ok\n"u8.ToArray(), await AskAsync(client, "wh", "at?\n", 3));
        Assert.Equal(string.Concat(Enumerable.Repeat("ok\n", 20_000)), Encoding.ASCII.GetString(await client.ExchangeAsync(Encoding.ASCII.GetBytes(lines + "half a line"))));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task More_than_may_be_open_are_reset_and_counted(string way)
    {
        using var server = Start(way, new EchoHandler(), static options => options with { MaximumConnections = 3 });
        var clients = new List<ServerClient>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add(await ServerClient.ConnectAsync(server));
            await EchoAsync(clients[i], [1]);
        }
        using var over = new CancellationTokenSource();
        var talking = Task.Run(async () =>
        {
            var answers = 0;
            for (; !over.IsCancellationRequested; answers++)
                Assert.Equal([(byte)answers], await EchoAsync(clients[1], [(byte)answers]));
            return answers;
        }, Test);

        var flood = Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                using var refused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await Assert.ThrowsAsync<SocketException>(async () =>
                {
                    await refused.ConnectAsync(server.ComputerName, server.Port, Test);
                    await refused.ReceiveAsync(new byte[1]).WaitAsync(Hang, Test);
                });
            }
        }, Test));
        await Task.WhenAll(flood);
        await over.CancelAsync();

        Assert.InRange(await talking.WaitAsync(Hang, Test), 10, int.MaxValue);
        Assert.Equal((3, 3, 3000, 0), (server.ConnectionsOpen, server.ConnectionsAccepted, server.ConnectionsRefused, server.Errors));
        foreach (var client in clients)
            Assert.Equal([7], await EchoAsync(client, [7]));
        clients[0].Reset();
        await EventuallyAsync(() => server.ConnectionsOpen == 2);
        using var next = await ServerClient.ConnectAsync(server);
        Assert.Equal([8], await EchoAsync(next, [8]));
        clients.ForEach(static client => client.Dispose());
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Who_is_idle_is_closed(string way)
    {
        // Long enough for a handshake on a busy machine.
        using var server = Start(way, new EchoHandler(), static options => options with { IdleTimeoutSeconds = 3 });
        using var client = await ServerClient.ConnectAsync(server);
        await EchoAsync(client, [1]);

        var (bytes, _) = await client.ReadToEndAsync();

        Assert.Empty(bytes);
        await EventuallyAsync(() => server.Connections[0].End == ServerConnectionEnd.IdleTimeout);
        Assert.InRange(server.Connections[0].DurationMs, 2900, 60_000);
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Who_comes_after_a_long_silence_has_the_whole_time(string way)
    {
        using var server = Start(way, new EchoHandler(), static options => options with { IdleTimeoutSeconds = 2 });
        // The silence: as long as another server takes to close a connection, which is longer than is allowed here.
        using var other = SocketServer.Start(new ServerOptions { IdleTimeoutSeconds = 3 });
        using (var idle = await ServerClient.ConnectAsync(other))
            Assert.Empty((await idle.ReadToEndAsync()).Bytes);

        // Without a handshake, which would be something to do.
        using var client = await ServerClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), null);
        Assert.Empty((await client.ReadToEndAsync()).Bytes);

        await EventuallyAsync(() => server.Connections[0].End == ServerConnectionEnd.IdleTimeout);
        Assert.InRange(server.Connections[0].DurationMs, 1900, 60_000);
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task A_reset_in_the_middle_of_much_ends_only_its_own_connection(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var steady = await ServerClient.ConnectAsync(server);
        for (var i = 0; i < 20; i++)
        {
            var client = await ServerClient.ConnectAsync(server);
            var seen = server.BytesReceived;
            var sending = client.SendAsync(new byte[5_000_000]);
            await EventuallyAsync(() => server.BytesReceived > seen + (i * 20_000));
            client.Reset();
            await Record.ExceptionAsync(() => sending);
        }
        // And after it has said all, while it is being answered.
        for (var i = 0; i < 20; i++)
        {
            var client = await ServerClient.ConnectAsync(server);
            await client.SendAsync(new byte[100_000]);
            await client.EndAsync();
            await client.ReadAsync(1 + (i * 1000));
            client.Reset();
        }

        await EventuallyAsync(() => server.ConnectionsOpen == 1);
        Assert.Empty(server.Connections.Select(static record => record.ErrorMessage).OfType<string>());
        Assert.Equal([42], await EchoAsync(steady, [42]));
        Assert.Equal((0, ServerState.Running), (server.Errors, server.State));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Stopping_cuts_every_connection_and_frees_the_port(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var client = await ServerClient.ConnectAsync(server);
        await EchoAsync(client, [1]);

        server.Stop();

        using var next = SocketServer.Start(new ServerOptions { Port = server.Port });
        await server.Completion.WaitAsync(Hang, Test);
        Assert.Empty((await client.ReadToEndAsync()).Bytes);
        Assert.Equal((ServerState.Stopped, 0, ServerConnectionEnd.Stopped), (server.State, server.ConnectionsOpen, server.Connections[0].End));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Draining_lets_open_connections_come_to_their_end(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var client = await ServerClient.ConnectAsync(server);
        await EchoAsync(client, [1]);

        var stopping = server.StopAsync((int)Hang.TotalMilliseconds);

        Assert.Equal(ServerState.Draining, server.State);
        await Assert.ThrowsAsync<SocketException>(() => ServerClient.ConnectAsync(server));
        Assert.Equal([2, 3], await client.ExchangeAsync([2, 3]));
        await stopping.WaitAsync(Hang, Test);
        Assert.Equal(ServerState.Stopped, server.State);
        Assert.Equal(ServerConnectionEnd.ClientClosed, server.Connections[0].End);
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Draining_does_not_last_for_ever(string way)
    {
        using var server = Start(way, new EchoHandler());
        using var client = await ServerClient.ConnectAsync(server);
        await EchoAsync(client, [1]);

        await server.StopAsync(100).WaitAsync(Hang, Test);

        Assert.Equal(ServerConnectionEnd.Stopped, server.Connections[0].End);
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task What_was_said_first_is_told(string way)
    {
        using var server = Start(way, new EchoHandler(), static options => options with { TranscriptBytes = 1000 });
        using var client = await ServerClient.ConnectAsync(server);
        await EchoAsync(client, "PING\r\n\u001b[2J"u8.ToArray());

        var record = Assert.Single(server.Connections);
        Assert.Equal((@"PING\r\n\x1b[2J", ServerConnectionEnd.Open, null), (record.FirstText, record.End, record.EndedAt));
        Assert.Equal("127.0.0.1", record.ComputerName);
        Assert.Equal(((System.Net.IPEndPoint)client.Socket.LocalEndPoint!).Port, record.Port);
        Assert.Equal(way == "TLS", record.TlsProtocol is not null);
        Assert.Equal([TranscriptDirection.Received, TranscriptDirection.Sent], record.Transcript!.Entries.Select(static entry => entry.Direction));
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Who_has_an_answer_finds_it_noted(string way)
    {
        using var server = Start(way, new EchoHandler(), static options => options with { TranscriptBytes = 100_000 });
        using var client = await ServerClient.ConnectAsync(server);
        for (var i = 1; i <= 500; i++)
        {
            await EchoAsync(client, [1, 2, 3]);
            var record = server.Connections[0];
            Assert.Equal((3 * i, 3 * i, 3 * i), (server.BytesSent, record.BytesSent, record.Transcript!.Entries.Where(static entry => entry.Direction == TranscriptDirection.Sent).Sum(static entry => entry.Length)));
        }
    }

    [Theory, MemberData(nameof(AllWays))]
    public async Task Events_tell_of_each_connection_and_harm_nobody(string way)
    {
        using var server = Start(way, new EchoHandler());
        var opened = new TaskCompletionSource<ServerConnection>();
        var closed = new TaskCompletionSource<ServerConnection>();
        server.ConnectionOpened += (_, e) => opened.TrySetResult(e.Connection);
        server.ConnectionOpened += static (_, _) => throw new InvalidOperationException();
        server.ConnectionClosed += (_, e) => closed.TrySetResult(e.Connection);
        using (var client = await ServerClient.ConnectAsync(server))
            Assert.Equal([1, 2], await client.ExchangeAsync([1, 2]));

        var first = await opened.Task.WaitAsync(Hang, Test);
        Assert.Same(first, await closed.Task.WaitAsync(Hang, Test));
        Assert.Equal(ServerConnectionEnd.ClientClosed, first.End);
        await EventuallyAsync(() => server.Errors == 1);
    }

    public void Dispose() => _targets.ForEach(static target => target.Dispose());

    private SocketServer Start(string way, ServerHandler handler, Func<ServerOptions, ServerOptions>? change = null)
    {
        var options = new ServerOptions
        {
            Handler = handler,
            Engine = way switch { "portable loop" => ServerEngine.Portable, "streams" => ServerEngine.Streams, _ => ServerEngine.Automatic },
            Certificate = way == "TLS" ? TestCertificate.SelfSigned("localhost") : null,
        };
        if (way == "forwarded")
        {
            _targets.Add(SocketServer.Start(options));
            options = options with { Handler = new ForwardHandler(new HostTarget("127.0.0.1", _targets[^1].Port)) };
        }
        return SocketServer.Start(change?.Invoke(options) ?? options);
    }

    private static async Task<byte[]> EchoAsync(ServerClient client, byte[] bytes)
    {
        await client.SendAsync(bytes);
        return await client.ReadAsync(bytes.Length);
    }

    private static async Task<byte[]> AskAsync(ServerClient client, string first, string second, int count)
    {
        await client.SendAsync(Encoding.ASCII.GetBytes(first));
        await client.SendAsync(Encoding.ASCII.GetBytes(second));
        return await client.ReadAsync(count);
    }

    private static Task EventuallyAsync(Func<bool> holds) => Eventually.HoldsAsync(holds, Test);

    // The buffers are full when nothing more has moved for a while.
    private static async Task StandsStillAsync(Func<long> count)
    {
        for (var (last, still) = (-1L, 0); still < 10; await Task.Delay(50, Test))
            (last, still) = count() is var now && now == last && now > 0 ? (now, still + 1) : (now, 0);
    }
}
