using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>That each fault does what it says, as a client sees it.</summary>
public sealed class ServerFaultTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly List<SocketServer> _targets = [];

    public enum Way
    {
        In,
        Out,
    }

    public enum Server
    {
        Echo,
        Forward,
    }

    public static TheoryData<Way, Server> Lines => new() { { Way.In, Server.Echo }, { Way.Out, Server.Echo }, { Way.In, Server.Forward }, { Way.Out, Server.Forward } };

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Lines))]
    public async Task Latency_makes_each_answer_late_but_not_slower(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { LatencyMilliseconds = 200 });
        using var client = await ServerClient.ConnectAsync(server);
        var clock = Stopwatch.StartNew();

        // A hundred messages that are under way together are late together: one by one they would take 20 seconds.
        for (var i = 0; i < 100; i++)
            await client.SendAsync([(byte)i]);
        await client.ReadAsync(1);
        Assert.InRange(clock.ElapsedMilliseconds, 195, 10_000);
        await client.ReadAsync(99);
        Assert.InRange(clock.ElapsedMilliseconds, 195, 10_000);
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Jitter_varies_the_latency_and_keeps_the_order(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { LatencyMilliseconds = 60, JitterMilliseconds = 50 });
        using var client = await ServerClient.ConnectAsync(server);
        var times = new double[12];
        for (var i = 0; i < times.Length; i++)
        {
            var clock = Stopwatch.StartNew();
            await EchoAsync(client, [1]);
            times[i] = clock.Elapsed.TotalMilliseconds;
        }

        // Of twelve that are spread evenly over 100 ms, all within 20 would be one case in a million.
        Assert.InRange(times.Min(), 9, 110);
        Assert.True(times.Max() - times.Min() > 20, string.Join(" ", times));
        var sent = Enumerable.Range(0, 200).Select(static i => (byte)i).ToArray();
        foreach (var one in sent)
            await client.SendAsync([one]);
        Assert.Equal(sent, await client.ReadAsync(sent.Length));
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Bandwidth_is_what_was_asked_for(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { BytesPerSecond = 100_000 });
        using var client = await ServerClient.ConnectAsync(server);
        var clock = Stopwatch.StartNew();

        Assert.Equal(100_000, (await client.ExchangeAsync(new byte[100_000])).Length);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.85, 3);
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task A_reset_comes_after_as_many_bytes_as_was_asked_for(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { ResetAfterBytes = 1000 });
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync(new byte[1500]);

        var (bytes, isReset) = await client.ReadToEndAsync();

        Assert.True(isReset);
        Assert.True(way == Way.Out ? bytes.Length == 1000 : bytes.Length <= 1000, $"{bytes.Length}");
        await EndsAsAsync(server, ServerConnectionEnd.Fault);
        // The other side of a reset connection is reset, too.
        if (_targets.Count > 0)
            await EndsAsAsync(_targets[0], ServerConnectionEnd.ClientReset);
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task A_reset_after_no_bytes_comes_at_once(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { ResetAfterBytes = 0 });
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            await client.ConnectAsync(server.ComputerName, server.Port, Test);
            await client.ReceiveAsync(new byte[1]).WaitAsync(Hang, Test);
        });
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task A_truncated_connection_ends_as_if_all_were_said(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { TruncateAfterBytes = 700 });
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync(new byte[5000]);

        var (bytes, isReset) = await client.ReadToEndAsync();

        Assert.Equal((700, false), (bytes.Length, isReset));
        client.Dispose();
        await EndsAsAsync(server, ServerConnectionEnd.Fault);
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Corruption_turns_one_bit_of_a_share_of_the_bytes(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { CorruptionRate = 0.01 });
        using var client = await ServerClient.ConnectAsync(server);
        var sent = new byte[200_000];
        new Random(5).NextBytes(sent);

        var back = await client.ExchangeAsync(sent);

        var turned = sent.Zip(back, static (a, b) => BitOperations.PopCount((uint)(a ^ b))).Where(static bits => bits > 0).ToList();
        Assert.All(turned, static bits => Assert.Equal(1, bits));
        Assert.InRange(turned.Count, 1700, 2300); // 2,000 and 6.7 standard deviations to each side
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Slices_arrive_one_by_one(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { SliceBytes = 10 });
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync(new byte[1000]);
        var (buffer, reads) = (new byte[1000], 0);
        for (var got = 0; got < 1000; reads++)
            got += await client.Stream.ReadAsync(buffer, Test);

        Assert.InRange(reads, 30, 100); // Those that came while the client slept are read together.
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task No_answer_comes_and_the_connection_stays_open(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { NoAnswer = true });
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync(new byte[100]);
        await Eventually.HoldsAsync(() => server.BytesReceived == 100, Test);

        Assert.Equal((1, 0), (server.ConnectionsOpen, server.BytesSent));
        await client.EndAsync();
        var (bytes, isReset) = await client.ReadToEndAsync();
        Assert.Equal((0, false), (bytes.Length, isReset));
        Assert.Equal(0, server.BytesSent);
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task A_slow_close_comes_long_after_the_last_byte(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { CloseDelayMilliseconds = 400 });
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync([1, 2, 3]);
        await client.EndAsync();
        var clock = Stopwatch.StartNew();
        await client.ReadAsync(3);
        var atData = clock.ElapsedMilliseconds;

        Assert.Empty((await client.ReadToEndAsync()).Bytes);

        Assert.InRange(clock.ElapsedMilliseconds - atData, 300, 3000);
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Probability_is_the_share_of_connections(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { ResetAfterBytes = 0, Probability = 0.3 });
        var resets = 0;
        for (var i = 0; i < 300; i++)
        {
            try
            {
                using var client = await ServerClient.ConnectAsync(server);
                resets += (await client.ExchangeAsync([1])).Length == 1 ? 0 : 1;
            }
            catch (System.IO.IOException)
            {
                resets++;
            }
            catch (SocketException)
            {
                resets++;
            }
        }

        Assert.InRange(resets, 45, 140); // 90 and 5.7 standard deviations to each side
    }

    [Fact]
    public async Task Faults_change_while_it_runs_also_for_open_connections()
    {
        using var server = SocketServer.Start(new ServerOptions());
        using var client = await ServerClient.ConnectAsync(server);
        await EchoAsync(client, [1]);

        server.SetFaults(SocketFaults.None, new SocketFaults { CorruptionRate = 1 });
        await Eventually.HoldsAsync(async () => (await EchoAsync(client, [0]))[0] != 0, Test);
        server.SetFaults(SocketFaults.None, SocketFaults.None);
        await Eventually.HoldsAsync(async () => (await EchoAsync(client, [0]))[0] == 0, Test);

        using var next = await ServerClient.ConnectAsync(server);
        Assert.Equal([7], await EchoAsync(next, [7]));
        Assert.Equal((2, 0), (server.ConnectionsAccepted, server.Errors));
    }

    [Fact]
    public async Task A_connection_in_the_middle_of_much_is_handed_over_whole()
    {
        using var server = SocketServer.Start(new ServerOptions());
        using var client = await ServerClient.ConnectAsync(server);
        var sent = new byte[20_000_000];
        new Random(11).NextBytes(sent);
        var sending = client.SendAsync(sent);
        await Eventually.HoldsAsync(() => server.BytesReceived > 1_000_000, Test);

        server.SetFaults(SocketFaults.None, new SocketFaults { LatencyMilliseconds = 1 });
        var back = await client.ReadAsync(sent.Length);
        await sending;

        Assert.True(sent.AsSpan().SequenceEqual(back));
    }

    [Fact]
    public async Task A_server_refuses_for_a_while_and_has_the_same_port_afterwards()
    {
        using var server = SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp] });
        using var open = await ServerClient.ConnectAsync(server);
        await EchoAsync(open, [1]);

        server.Refuse(300);

        Assert.Equal(ServerState.Refusing, server.State);
        var error = await Assert.ThrowsAsync<SocketException>(() => ServerClient.ConnectAsync(server));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
        Assert.Equal([9], await EchoAsync(open, [9]));
        await Eventually.HoldsAsync(() => server.State == ServerState.Running, Test);
        using var again = await ServerClient.ConnectAsync(server);
        Assert.Equal([5], await EchoAsync(again, [5]));
    }

    public static TheoryData<string, SocketFaults> Kinds => new()
    {
        { "late", new SocketFaults { LatencyMilliseconds = 1500 } },
        { "late", new SocketFaults { BytesPerSecond = 20 } },
        { "late end", new SocketFaults { CloseDelayMilliseconds = 1500 } },
        { "silent", new SocketFaults { NoAnswer = true } },
        { "reset", new SocketFaults { ResetAfterBytes = 10 } },
        { "cut", new SocketFaults { TruncateAfterBytes = 10 } },
        { "changed", new SocketFaults { CorruptionRate = 1 } },
        { "sliced", new SocketFaults { SliceBytes = 5 } },
    };

    public static IEnumerable<TheoryDataRow<Way, Server, string, SocketFaults>> LinesAndKinds =>
        from line in Lines
        from kind in Kinds
        select new TheoryDataRow<Way, Server, string, SocketFaults>(line.Data.Item1, line.Data.Item2, kind.Data.Item1, kind.Data.Item2);

    // Every kind, set while the server runs, for about half of the connections, and taken away again.
    [Theory, MemberData(nameof(LinesAndKinds), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_that_is_set_while_it_runs_concerns_its_share(Way way, Server kind, string seen, SocketFaults faults)
    {
        using var server = Start(way, kind, SocketFaults.None);
        Assert.Equal("", await LookAsync(server, seen));

        Set(server, way, faults with { Probability = 0.5 });
        var looks = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => LookAsync(server, seen)));
        Set(server, way, SocketFaults.None);

        Assert.All(looks, look => Assert.True(look == "" || look == seen, look));
        Assert.InRange(looks.Count(look => look == seen), 8, 52); // 30 and 5.7 standard deviations to each side
        Assert.Equal("", await LookAsync(server, seen));
    }

    // What a client sees of a fault; nothing when all is well.
    private static async Task<string> LookAsync(SocketServer server, string forWhat)
    {
        var sent = Enumerable.Range(0, 40).Select(static i => (byte)i).ToArray();
        using var client = await ServerClient.ConnectAsync(server);
        var clock = Stopwatch.StartNew();
        await client.SendAsync(sent);
        var (back, pieces, isReset, atData) = (new List<byte>(), 0, false, 0L);
        try
        {
            var buffer = new byte[100];
            for (int count; back.Count < sent.Length; pieces++)
            {
                var reading = client.Stream.ReadAsync(buffer, Test).AsTask();
                if (forWhat == "silent" && await Task.WhenAny(reading, Task.Delay(2000, Test)) != reading)
                    return "silent";
                if ((count = await reading.WaitAsync(Hang, Test)) == 0)
                    break;
                back.AddRange(buffer[..count]);
            }
            atData = clock.ElapsedMilliseconds;
            await client.EndAsync();
            isReset = (await client.ReadToEndAsync()).IsReset;
        }
        catch (System.IO.IOException)
        {
            isReset = true;
        }
        return isReset ? "reset"
            : back.Count < sent.Length ? "cut"
            : !sent.SequenceEqual(back) ? "changed"
            : forWhat == "late" && atData >= 1400 ? "late"
            : forWhat == "late end" && clock.ElapsedMilliseconds - atData >= 1400 ? "late end"
            : forWhat == "sliced" && pieces > 1 ? "sliced" : "";
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Datagrams_are_dropped_cut_and_damaged(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { DropRate = 0.5 }, TransportProtocol.Udp);
        using var client = new UdpClient("127.0.0.1", server.Port);

        // When one of another kind comes back, nothing is on its way any more that was sent before it.
        var (answers, isOver) = (0, false);
        for (var i = 0; !isOver; i++)
        {
            await client.SendAsync(new byte[] { (byte)(i < 1000 ? 1 : 2) }, Test);
            await Eventually.HoldsAsync(() => server.DatagramsReceived == i + 1, Test);
            while (client.Available > 0)
            {
                var isCounted = (await ReceiveAsync(client))[0] == 1;
                answers += isCounted ? 1 : 0;
                isOver |= !isCounted;
            }
        }
        Assert.InRange(answers, 400, 600); // 500 and 6.3 standard deviations to each side
        Settle(server);
        while (client.Available > 0)
            await ReceiveAsync(client);

        Set(server, way, new SocketFaults { TruncateAfterBytes = 3, CorruptionRate = 1 });
        await client.SendAsync(new byte[10], Test);
        var answer = await ReceiveAsync(client);
        Assert.Equal(3, answer.Length);
        Assert.DoesNotContain((byte)0, answer);

        Set(server, way, new SocketFaults { CorruptionRate = 0.01 });
        await client.SendAsync(new byte[50_000], Test);
        Assert.InRange((await ReceiveAsync(client)).Count(static b => b != 0), 350, 650); // 500 and 6.7 standard deviations

        Set(server, way, new SocketFaults { NoAnswer = true });
        var (taken, target) = (server.DatagramsReceived, _targets.FirstOrDefault());
        var answered = target?.DatagramsSent;
        await client.SendAsync(new byte[] { 1 }, Test);
        await Eventually.HoldsAsync(() => server.DatagramsReceived == taken + 1, Test);
        Settle(server);
        if (target is not null && way == Way.Out)
        {
            await Eventually.HoldsAsync(() => target.DatagramsSent == answered + 1, Test);
            Settle(target);
            Settle(server);
        }
        Set(server, way, SocketFaults.None);
        await client.SendAsync(new byte[] { 2 }, Test);
        Assert.Equal([2], await ReceiveAsync(client));

        Set(server, way, new SocketFaults { TruncateAfterBytes = 0, Probability = 0.5 });
        var cut = 0;
        for (var i = 0; i < 200; i++)
        {
            await client.SendAsync(new byte[] { 1 }, Test);
            cut += (await ReceiveAsync(client)).Length == 0 ? 1 : 0;
        }
        Assert.InRange(cut, 60, 140); // 100 and 5.7 standard deviations
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Datagrams_come_late_and_find_who_asked(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { LatencyMilliseconds = 100 }, TransportProtocol.Udp);
        using var one = new UdpClient("127.0.0.1", server.Port);
        using var other = new UdpClient("127.0.0.1", server.Port);
        var clock = Stopwatch.StartNew();

        for (byte i = 1; i <= 20; i++)
            await one.SendAsync(new[] { i }, Test);
        await other.SendAsync(new byte[] { 42 }, Test);

        for (byte i = 1; i <= 20; i++)
            Assert.Equal([i], await ReceiveAsync(one));
        Assert.InRange(clock.ElapsedMilliseconds, 95, 2000);
        Assert.Equal([42], await ReceiveAsync(other));
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Datagrams_vary_in_their_delay(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { LatencyMilliseconds = 60, JitterMilliseconds = 50 }, TransportProtocol.Udp);
        using var client = new UdpClient("127.0.0.1", server.Port);
        var times = new double[12];
        for (var i = 0; i < times.Length; i++)
        {
            var clock = Stopwatch.StartNew();
            await client.SendAsync(new byte[] { 1 }, Test);
            await ReceiveAsync(client);
            times[i] = clock.Elapsed.TotalMilliseconds;
        }

        Assert.InRange(times.Min(), 9, 110);
        Assert.True(times.Max() - times.Min() > 20, string.Join(" ", times));
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Datagrams_take_the_bandwidth_that_was_asked_for(Way way, Server kind)
    {
        using var server = Start(way, kind, new SocketFaults { BytesPerSecond = 50_000 }, TransportProtocol.Udp);
        using var client = new UdpClient("127.0.0.1", server.Port);
        var clock = Stopwatch.StartNew();

        for (byte i = 0; i < 50; i++)
            await client.SendAsync(Enumerable.Repeat(i, 1000).ToArray(), Test);
        for (byte i = 0; i < 50; i++)
            Assert.Equal(i, (await ReceiveAsync(client))[0]);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.85, 3);
    }

    public void Dispose() => _targets.ForEach(static target => target.Dispose());

    private SocketServer Start(Way way, Server kind, SocketFaults faults, TransportProtocol protocol = TransportProtocol.Tcp)
    {
        ServerHandler handler = new EchoHandler();
        if (kind == Server.Forward)
        {
            _targets.Add(SocketServer.Start(new ServerOptions { Protocols = [protocol] }));
            handler = new ForwardHandler(new HostTarget("127.0.0.1", _targets[0].Port));
        }
        return SocketServer.Start(new ServerOptions
        {
            Handler = handler,
            Protocols = [protocol],
            FaultsIn = way == Way.In ? faults : SocketFaults.None,
            FaultsOut = way == Way.Out ? faults : SocketFaults.None,
        });
    }

    private static void Set(SocketServer server, Way way, SocketFaults faults) =>
        server.SetFaults(way == Way.In ? faults : SocketFaults.None, way == Way.Out ? faults : SocketFaults.None);

    // What a server does with what it has received is done when its loop has taken a change.
    private static void Settle(SocketServer server)
    {
        var (input, output) = (server.FaultsIn, server.FaultsOut);
        server.SetFaults(input, output.IsActive ? output : new SocketFaults { SliceBytes = 1 });
        server.SetFaults(input, output);
    }

    private static async Task<byte[]> ReceiveAsync(UdpClient client) => (await client.ReceiveAsync(Test).AsTask().WaitAsync(Hang, Test)).Buffer;

    private static async Task<byte[]> EchoAsync(ServerClient client, byte[] bytes)
    {
        await client.SendAsync(bytes);
        return await client.ReadAsync(bytes.Length);
    }

    private static Task EndsAsAsync(SocketServer server, ServerConnectionEnd end) =>
        Eventually.HoldsAsync(() => server.Connections is [var first, ..] && first.End == end, Test);
}
