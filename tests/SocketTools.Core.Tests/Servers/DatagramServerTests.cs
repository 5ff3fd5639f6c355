using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class DatagramServerTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Loops => [false, true];

    [Theory, MemberData(nameof(Loops))]
    public async Task Datagrams_of_every_size_come_back(bool portable)
    {
        using var server = Start(portable, new EchoHandler());
        using var client = new UdpClient("127.0.0.1", server.Port);
        foreach (var size in (int[])[0, 1, 512, 1472, 9000, 65_507, 0])
        {
            var sent = new byte[size];
            Random.Shared.NextBytes(sent);
            await client.SendAsync(sent, Test);

            Assert.Equal(sent, (await ReceiveAsync(client)).Buffer);
        }
        Assert.Equal((7, 7), (server.DatagramsReceived, server.DatagramsSent));
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Each_client_has_a_record(bool portable)
    {
        using var server = Start(portable, new EchoHandler());
        var clients = Enumerable.Range(0, 20).Select(_ => new UdpClient("127.0.0.1", server.Port)).ToArray();
        foreach (var round in (byte[])[1, 2])
            foreach (var client in clients)
            {
                await client.SendAsync(new[] { round }, Test);
                Assert.Equal([round], (await ReceiveAsync(client)).Buffer);
            }

        Assert.Equal(
            clients.Select(static client => ((IPEndPoint)client.Client.LocalEndPoint!).Port),
            server.Connections.Select(static record => record.Port));
        Assert.All(server.Connections, static record => Assert.Equal((2, 2, TransportProtocol.Udp), (record.BytesReceived, record.BytesSent, record.Protocol)));
        Array.ForEach(clients, static client => client.Dispose());
    }

    [Fact]
    public async Task More_clients_than_are_remembered_are_answered_all_the_same()
    {
        using var server = Start(false, new EchoHandler());
        for (var i = 0; i < 1200; i++)
        {
            using var client = new UdpClient("127.0.0.1", server.Port);
            await client.SendAsync(BitConverter.GetBytes(i), Test);
            Assert.Equal(BitConverter.GetBytes(i), (await ReceiveAsync(client)).Buffer);
        }
        Assert.Equal(1000, server.Connections.Count);
        Assert.Equal(0, server.Errors);
    }

    [Theory]
    [InlineData("Discard", null)]
    [InlineData("Daytime", @"^\w+day, .*\d\r\n$")]
    [InlineData("Reply", "^pong$")]
    public async Task Other_handlers_answer_datagrams_too(string name, string? pattern)
    {
        using var server = Start(false, name switch { "Discard" => new DiscardHandler(), "Daytime" => new DaytimeHandler(), _ => new ReplyHandler("pong"u8.ToArray(), ReplyPer.Line) });
        using var client = new UdpClient("127.0.0.1", server.Port);
        await client.SendAsync("x"u8.ToArray(), Test);
        await Eventually.HoldsAsync(() => server.DatagramsReceived == 1, Test);

        if (pattern is not null)
            Assert.Matches(pattern, Encoding.ASCII.GetString((await ReceiveAsync(client)).Buffer));
        else
            Assert.Equal(0, server.DatagramsSent);
    }

    [Fact]
    public async Task A_client_that_is_gone_harms_nobody()
    {
        using var server = Start(false, new EchoHandler());
        for (var i = 0; i < 50; i++)
        {
            using var gone = new UdpClient("127.0.0.1", server.Port);
            gone.Send(new byte[100]);
        }
        using var client = new UdpClient("127.0.0.1", server.Port);
        await client.SendAsync(new byte[] { 1 }, Test);

        Assert.Equal([1], (await ReceiveAsync(client)).Buffer);
    }

    [Fact]
    public async Task One_server_has_the_same_port_for_both_protocols_on_several_addresses()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this system has no IPv6");
        using var server = SocketServer.Start(new ServerOptions
        {
            Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp],
            Addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback],
        });

        Assert.Equal(
            [$"tcp 127.0.0.1:{server.Port}", $"tcp [::1]:{server.Port}", $"udp 127.0.0.1:{server.Port}", $"udp [::1]:{server.Port}"], server.EndPoints);
        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            using var tcp = new TcpClient(address.AddressFamily);
            await tcp.ConnectAsync(address, server.Port, Test);
            using var udp = new UdpClient(address.AddressFamily);
            await udp.SendAsync(new byte[] { 1 }, new IPEndPoint(address, server.Port), Test);
            Assert.Equal([1], (await ReceiveAsync(udp)).Buffer);
        }
    }

    [Fact]
    public async Task All_addresses_of_IPv6_are_those_of_IPv4_too()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this system has no IPv6");
        using var server = SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp], Addresses = [IPAddress.IPv6Any] });
        using var tcp = new TcpClient(AddressFamily.InterNetwork);
        await tcp.ConnectAsync(IPAddress.Loopback, server.Port, Test);
        using var udp = new UdpClient("127.0.0.1", server.Port);
        await udp.SendAsync(new byte[] { 1 }, Test);

        Assert.Equal([1], (await ReceiveAsync(udp)).Buffer);
        Assert.Equal(("::", "::1"), (server.Address, server.ComputerName));
        await Eventually.HoldsAsync(() => server.Connections.Count == 2, Test);
        Assert.All(server.Connections, static record => Assert.Equal("127.0.0.1", record.ComputerName));
    }

    private static SocketServer Start(bool portable, ServerHandler handler) => SocketServer.Start(new ServerOptions
    {
        Protocols = [TransportProtocol.Udp],
        Handler = handler,
        Engine = portable ? ServerEngine.Portable : ServerEngine.Automatic,
    });

    private static Task<UdpReceiveResult> ReceiveAsync(UdpClient client) => client.ReceiveAsync(Test).AsTask().WaitAsync(Hang, Test);
}
