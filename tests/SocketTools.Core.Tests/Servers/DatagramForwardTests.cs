using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Datagrams that are passed on to another server.</summary>
public sealed class DatagramForwardTests(DnsmasqServer dnsmasq) : IClassFixture<DnsmasqServer>
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Loops => [false, true];

    [Theory, MemberData(nameof(Loops))]
    public async Task Many_clients_ask_a_real_server(bool portable)
    {
        dnsmasq.Require();
        using var server = Start(dnsmasq.EndPoint.Address.ToString(), dnsmasq.EndPoint.Port, options => options with { Engine = portable ? ServerEngine.Portable : ServerEngine.Automatic });

        var addresses = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var client = new UdpClient("127.0.0.1", server.Port);
            await client.SendAsync(Question(i), Test);
            return AddressIn(i, await ReceiveAsync(client));
        }));

        Assert.Equal(Enumerable.Range(0, 100).Select(DnsmasqServer.AddressOf), addresses);
        Assert.Equal((100, 100, 0), (server.DatagramsReceived, server.DatagramsSent, server.Errors));
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Datagrams_of_every_size_go_both_ways(bool portable)
    {
        using var target = Target();
        using var server = Start("127.0.0.1", target.Port, options => options with { Engine = portable ? ServerEngine.Portable : ServerEngine.Automatic });
        using var client = new UdpClient("127.0.0.1", server.Port);
        foreach (var size in (int[])[0, 1, 512, 1472, 9000, 65_507, 0])
        {
            var sent = new byte[size];
            Random.Shared.NextBytes(sent);
            await client.SendAsync(sent, Test);
            Assert.Equal(sent, await ReceiveAsync(client));
        }
        Assert.Equal((7, 7, server.BytesReceived), (server.DatagramsReceived, server.DatagramsSent, server.BytesSent));
    }

    [Fact]
    public async Task Each_client_has_a_socket_a_record_and_a_transcript()
    {
        using var target = Target();
        using var server = Start("127.0.0.1", target.Port, static options => options with { TranscriptBytes = 1000 });
        var clients = Enumerable.Range(0, 20).Select(_ => new UdpClient("127.0.0.1", server.Port)).ToList();
        foreach (var round in (byte[])[1, 2])
            foreach (var client in clients)
            {
                await client.SendAsync(new[] { round }, Test);
                Assert.Equal([round], await ReceiveAsync(client));
            }

        Assert.Equal(20, target.Connections.Select(static record => record.Port).Distinct().Count());
        Assert.Equal(clients.Select(static client => ((IPEndPoint)client.Client.LocalEndPoint!).Port), server.Connections.Select(static record => record.Port));
        Assert.All(server.Connections, static record =>
        {
            Assert.Equal((2, 2, TransportProtocol.Udp, ServerConnectionEnd.Open), (record.BytesReceived, record.BytesSent, record.Protocol, record.End));
            Assert.Equal([1], record.FirstBytes);
            Assert.Equal(
                [TranscriptDirection.Received, TranscriptDirection.Sent, TranscriptDirection.Received, TranscriptDirection.Sent],
                record.Transcript!.Entries.Select(static entry => entry.Direction));
        });
        server.Stop();
        await server.Completion.WaitAsync(Hang, Test);
        Assert.All(server.Connections, static record => Assert.Equal(ServerConnectionEnd.Stopped, record.End));
        clients.ForEach(static client => client.Dispose());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_is_idle_is_forgotten(bool isForwarded)
    {
        using var target = Target();
        using var server = isForwarded
            ? Start("127.0.0.1", target.Port, static options => options with { IdleTimeoutSeconds = 1 })
            : SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Udp], IdleTimeoutSeconds = 1 });
        using var client = new UdpClient("127.0.0.1", server.Port);
        await AskAsync(client, 1);

        await Eventually.HoldsAsync(() => server.Connections[0].End == ServerConnectionEnd.IdleTimeout, Test);

        Assert.InRange(server.Connections[0].DurationMs, 900, 30_000);
        await AskAsync(client, 2);
        Assert.Equal(ServerConnectionEnd.Open, server.Connections[1].End);
    }

    [Fact]
    public async Task The_client_that_was_idle_longest_goes_when_there_are_too_many()
    {
        using var target = Target();
        using var server = Start("127.0.0.1", target.Port);
        var ended = 0;
        server.Log.Watch((record, isOpen) => ended += isOpen ? 0 : 1);
        using var first = new UdpClient("127.0.0.1", server.Port);
        await AskAsync(first, 0);
        var record = Assert.Single(server.Connections);
        for (var i = 0; i < 1100; i++)
        {
            using var client = new UdpClient("127.0.0.1", server.Port);
            await AskAsync(client, (byte)i);
            if (i % 100 == 0)
                await AskAsync(first, 7);
        }

        // Now and then a client has the port of an earlier one, and counts as the same.
        Assert.InRange(ended, 20, 101);
        Assert.Equal((ServerConnectionEnd.Open, 0), (record.End, server.Errors));
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task A_server_that_is_not_there_is_told_and_tried_again(bool portable)
    {
        int port;
        using (var gone = Target())
            port = gone.Port;
        using var server = Start("127.0.0.1", port, options => options with { Engine = portable ? ServerEngine.Portable : ServerEngine.Automatic });
        using var client = new UdpClient("127.0.0.1", server.Port);
        await client.SendAsync(new byte[] { 1 }, Test);

        await Eventually.HoldsAsync(() => server.Connections is [{ End: ServerConnectionEnd.TargetFailed }, ..], Test);

        Assert.Contains("ECONNREFUSED", server.Connections[0].ErrorMessage);
        Assert.Equal(1, server.Errors);
        using var target = SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Udp], Port = port });
        await AskAsync(client, 2);
    }

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public async Task A_name_is_found_on_either_family(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this system has no IPv6");
        var found = await Dns.GetHostAddressesAsync("localhost", Test);
        Assert.SkipUnless(found.Contains(IPAddress.Parse(address)), $"localhost is not {address} here");
        using var target = SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Udp], Addresses = [IPAddress.Parse(address)] });
        using var server = Start("localhost", target.Port);
        using var client = new UdpClient("127.0.0.1", server.Port);

        // Those that come while the name is looked up wait.
        for (byte i = 0; i < 5; i++)
            await client.SendAsync(new[] { i }, Test);

        if (found[0].ToString() == address)
            for (byte i = 0; i < 5; i++)
                Assert.Equal([i], await ReceiveAsync(client));
        else
            await ReceiveAsync(client);
        await AskAsync(client, 42);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told()
    {
        // Too long to be asked for anywhere.
        var name = new string('x', 300);
        using var server = Start(name, 9);
        using var client = new UdpClient("127.0.0.1", server.Port);
        await client.SendAsync(new byte[] { 1 }, Test);

        await Eventually.HoldsAsync(() => server.Connections is [{ End: ServerConnectionEnd.TargetFailed }, ..], Test);

        Assert.Contains(name, server.Connections[0].ErrorMessage);
    }

    [Fact]
    public async Task Both_protocols_go_to_the_same_server()
    {
        using var target = SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp] });
        using var server = Start("127.0.0.1", target.Port, static options => options with { Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp] });
        using var udp = new UdpClient("127.0.0.1", server.Port);
        using var tcp = await ServerClient.ConnectAsync(server);

        await AskAsync(udp, 1);
        Assert.Equal([2, 3], await tcp.ExchangeAsync([2, 3]));
        Assert.Equal((1, 1), (target.DatagramsReceived, target.ConnectionsAccepted));
    }

    [Fact]
    public async Task A_server_short_of_descriptors_forgets_who_was_idle_longest()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted on Linux");
        using var target = Target();
        using var server = await ServerProcess.StartAsync("--forward", $"{target.Port}", "--spare", "82");
        var clients = Enumerable.Range(0, 120).Select(_ => new UdpClient("127.0.0.1", server.Port)).ToList();
        foreach (var round in (byte[])[1, 2])
            foreach (var client in clients)
                await AskAsync(client, round);

        var figures = await server.LookAsync();
        Assert.Equal(0, figures.Errors);
        clients.ForEach(static client => client.Dispose());
    }

    private static SocketServer Target() => SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Udp] });

    private static SocketServer Start(string host, int port, Func<ServerOptions, ServerOptions>? change = null)
    {
        var options = new ServerOptions { Protocols = [TransportProtocol.Udp], Handler = new ForwardHandler(new HostTarget(host, port)) };
        return SocketServer.Start(change?.Invoke(options) ?? options);
    }

    // Loopback drops a datagram only when a buffer is full; who is asked twice answers once more.
    private static async Task AskAsync(UdpClient client, byte what)
    {
        await client.SendAsync(new[] { what }, Test);
        while ((await ReceiveAsync(client))[0] != what)
        {
        }
    }

    private static async Task<byte[]> ReceiveAsync(UdpClient client) => (await client.ReceiveAsync(Test).AsTask().WaitAsync(Hang, Test)).Buffer;

    // Who has h0, h1, ... of example.test? (RFC 1035 section 4)
    private static byte[] Question(int host)
    {
        var bytes = new List<byte> { (byte)(host >> 8), (byte)host, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in $"h{host}.example.test".Split('.'))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }
        bytes.AddRange([0, 0, 1, 0, 1]);
        return [.. bytes];
    }

    // The last four bytes of an answer with one record and no options are its address.
    private static string AddressIn(int host, byte[] answer)
    {
        Assert.Equal((host, 0, 1), ((answer[0] << 8) | answer[1], answer[3] & 15, answer[7]));
        return new IPAddress(answer[^4..]).ToString();
    }
}
