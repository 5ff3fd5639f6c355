using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Many connections, little memory, few descriptors: servers in processes of their own.</summary>
public sealed class ServerLoadTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(ServerContractTests.Ways), MemberType = typeof(ServerContractTests))]
    public async Task A_large_reply_for_many_lines_takes_no_more_than_one_at_a_time(string way)
    {
        const int length = 1 << 20;
        using var server = await ServerProcess.StartAsync([.. Engine(way), "--reply", $"{length}"]);
        using var client = await ConnectAsync(server, way);
        var before = await server.LookAsync();

        await client.SendAsync(Enumerable.Repeat((byte)'\n', 1000).ToArray());
        var still = await server.LookWhenStillAsync();

        Show(before, still);
        Assert.InRange(still.Memory - before.Memory, 0, 20 * length);
        Assert.InRange(still.BytesSent, 1, 100 * length);
    }

    [Theory, MemberData(nameof(ServerContractTests.AllWays), MemberType = typeof(ServerContractTests))]
    public async Task Many_that_never_read_take_little_memory_and_harm_nobody(string way)
    {
        using var target = SocketServer.Start(new ServerOptions());
        using var server = await ServerProcess.StartAsync(
            way == "forwarded" ? ["--forward", $"{target.Port}"] : Engine(way));
        using var other = await ConnectAsync(server, way);
        var clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ConnectAsync(server, way)));
        var before = await server.LookAsync();
        var block = new byte[1 << 20];

        // Nobody takes what they are sent; each sends until nothing more goes.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Test);
        var sending = clients.Select(async client =>
        {
            while (true)
                await client.Stream.WriteAsync(block, stop.Token);
        }).ToList();
        var still = await server.LookWhenStillAsync();

        Show(before, still);
        Assert.InRange(still.Memory - before.Memory, 0, 100_000_000);
        await other.SendAsync([42]);
        Assert.Equal([42], await other.ReadAsync(1));
        foreach (var client in clients)
            client.Reset();
        await Eventually.HoldsAsync(async () => (await server.LookAsync()) is { Open: 1, Errors: 0 }, Test);
        foreach (var task in sending)
            await Assert.ThrowsAnyAsync<Exception>(() => task.WaitAsync(Hang, Test));
    }

    [Theory, InlineData("--epoll"), InlineData("--portable")]
    public async Task A_server_short_of_descriptors_pauses_and_recovers(string loop)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted on Linux");
        using var server = await ServerProcess.StartAsync(loop, "--spare", "82");
        var clients = new List<Socket>();
        for (var i = 0; i < 120; i++)
            clients.Add(await ConnectAsync(server.Port));
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Open >= 40, Test);

        // As many as leave 32 spare are served; the others wait, and the server waits with them.
        Assert.InRange((await RestAsync(server)).Open, 40, 60);
        for (var i = 0; i < 40; i++)
            Assert.True(await IsEchoedAsync(clients[i]));

        for (var i = 0; i < 80; i++)
            clients[i].Dispose();
        for (var i = 80; i < 120; i++)
            Assert.True(await IsEchoedAsync(clients[i]), $"client {i}");
        clients.ForEach(static client => client.Dispose());
        await Eventually.HoldsAsync(async () => (await server.LookAsync()) is { Open: 0, Accepted: 120 }, Test);
    }

    [Theory, InlineData("--epoll"), InlineData("--portable")]
    public async Task A_server_that_cannot_accept_for_want_of_descriptors_pauses_and_recovers(string loop)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted on Linux");
        Tool.Require("prlimit");
        using var server = await ServerProcess.StartAsync(loop, "--dense");
        var served = new List<Socket>();
        for (var i = 0; i < 20; i++)
        {
            served.Add(await ConnectAsync(server.Port));
            Assert.True(await IsEchoedAsync(served[i]));
        }

        // From now on accept fails with EMFILE.
        await server.LimitDescriptorsAsync(atThose: true);
        var waiting = new List<Socket>();
        for (var i = 0; i < 30; i++)
            waiting.Add(await ConnectAsync(server.Port));
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Errors > 0, Test);
        var later = await RestAsync(server);

        Assert.InRange(later.Open, 20, 25);
        Assert.InRange(later.Errors, 1, 5);
        foreach (var client in served)
            Assert.True(await IsEchoedAsync(client));
        await server.LimitDescriptorsAsync(atThose: false);
        foreach (var client in waiting)
            Assert.True(await IsEchoedAsync(client));
        served.ForEach(static client => client.Dispose());
        waiting.ForEach(static client => client.Dispose());
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Open == 0, Test);
        Assert.Equal(50, (await server.LookAsync()).Accepted);
    }

    [Fact]
    public async Task A_forwarding_server_keeps_a_descriptor_for_the_other_side()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted on Linux");
        using var target = SocketServer.Start(new ServerOptions());
        using var server = await ServerProcess.StartAsync("--forward", $"{target.Port}", "--spare", "182");
        var clients = new List<Socket>();
        for (var i = 0; i < 120; i++)
            clients.Add(await ConnectAsync(server.Port));
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Errors > 0, Test);

        // Each that is served has its other side; who waits is served when others have gone.
        for (var i = 0; i < 120; i++)
        {
            Assert.True(await IsEchoedAsync(clients[i]), $"client {i}");
            clients[i].Dispose();
        }
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Open == 0, Test);
        Assert.Equal(120, target.ConnectionsAccepted);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_server_ends_with_its_process_and_its_port_is_free_at_once(bool kill)
    {
        using var server = await ServerProcess.StartAsync();
        var clients = new List<Socket>();
        for (var i = 0; i < 20; i++)
        {
            clients.Add(await ConnectAsync(server.Port));
            Assert.True(await IsEchoedAsync(clients[i]));
        }

        await server.EndAsync(kill);

        using var next = SocketServer.Start(new ServerOptions { Port = server.Port, Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp] });
        Assert.Equal(server.Port, next.Port);
        using var client = await ConnectAsync(next.Port);
        Assert.True(await IsEchoedAsync(client));
        foreach (var old in clients)
            Assert.Equal(0, await old.ReceiveAsync(new byte[1]).WaitAsync(Hang, Test));
        clients.ForEach(static old => old.Dispose());
    }

    [Fact]
    public async Task Connections_one_after_the_other_leave_nothing() => await OneAfterTheOtherAsync(2000);

    [Fact(Explicit = true)]
    public async Task Fifty_thousand_connections_one_after_the_other_leave_nothing() => await OneAfterTheOtherAsync(50_000);

    [Fact(Explicit = true)]
    public async Task Ten_thousand_connections_are_held_open_and_answered_each_second()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted on Linux");
        const int count = 10_000, seconds = 30;
        using var server = await ServerProcess.StartAsync();
        var before = await server.LookAsync();
        using var load = ServerProcess.Hold(server.Port, count, seconds);

        Assert.Equal($"answered {count * seconds}", await load.ReadAsync());

        var after = await server.LookAsync();
        Show(before, after);
        Assert.Equal((count, count, 0), (after.Accepted, after.Open, after.Errors));
        Assert.InRange(after.WorkingSet - before.WorkingSet, 0, 200_000_000);
        Assert.InRange(after.Threads - before.Threads, -50, 10);
        load.Dispose();
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Open == 0, Test);
    }

    private static async Task OneAfterTheOtherAsync(int count)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted on Linux");
        using var server = await ServerProcess.StartAsync();
        var before = await server.LookAsync();
        for (var i = 0; i < count; i++)
        {
            // From several addresses, so that there are local ports enough.
            using var client = await ConnectAsync(server.Port, IPAddress.Parse($"127.0.0.{2 + (i % 16)}"));
            Assert.True(await IsEchoedAsync(client));
        }
        await Eventually.HoldsAsync(async () => (await server.LookAsync()).Open == 0, Test);
        var after = await server.LookAsync();
        Show(before, after);
        Assert.Equal((count, 0, before.Descriptors), (after.Accepted, after.Errors, after.Descriptors));
        Assert.InRange(after.WorkingSet - before.WorkingSet, -100_000_000, 60_000_000);
    }

    // While another server starts, which takes some tenths of a second: one that does not rest takes a processor meanwhile.
    private static async Task<ServerFigures> RestAsync(ServerProcess server)
    {
        var clock = Stopwatch.StartNew();
        var before = await server.LookAsync();
        using var other = await ServerProcess.StartAsync();
        var after = await server.LookAsync();

        Show(before, after);
        // It looks several times a second whether it can go on, and answers these two looks; figures come in steps of 10 ms.
        Assert.InRange(after.ProcessorMs - before.ProcessorMs, 0, 60 + (clock.ElapsedMilliseconds / 20));
        return after;
    }

    private static string[] Engine(string way) => way switch
    {
        "portable loop" => ["--portable"],
        "streams" => ["--streams"],
        "TLS" => ["--tls"],
        _ => [],
    };

    private static void Show(ServerFigures before, ServerFigures after) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"before {before}\nafter {after}");

    private static Task<ServerClient> ConnectAsync(ServerProcess server, string way) =>
        ServerClient.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, server.Port), way == "TLS" ? static _ => true : null);

    private static async Task<Socket> ConnectAsync(int port, IPAddress? from = null)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (from is not null)
            client.Bind(new IPEndPoint(from, 0));
        await client.ConnectAsync(IPAddress.Loopback, port, Test);
        return client;
    }

    private static async Task<bool> IsEchoedAsync(Socket client)
    {
        await client.SendAsync(new byte[] { 7 });
        var answer = new byte[1];
        return await client.ReceiveAsync(answer).WaitAsync(Hang, Test) == 1 && answer[0] == 7;
    }
}
