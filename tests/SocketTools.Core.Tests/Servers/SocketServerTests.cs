using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class SocketServerTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly SocketServer _server = SocketServer.Start(new IPEndPoint(IPAddress.Loopback, 0), 512, new EchoHandler());

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Many_clients_are_echoed_at_once()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var client = await ConnectAsync();
            return await EchoAsync(client, [.. BitConverter.GetBytes(i), 1, 2, 3]);
        }));

        Assert.Equal(Enumerable.Range(0, 200), clients.Select(static bytes => BitConverter.ToInt32(bytes)));
        Assert.Equal(200, _server.ConnectionsAccepted);
        Assert.Equal(200 * 7, _server.BytesReceived);
        Assert.Equal(200 * 7, _server.BytesSent);
    }

    [Fact]
    public async Task What_came_before_a_half_close_arrives_whole()
    {
        using var client = await ConnectAsync();
        var sent = new byte[3_000_000];
        new Random(7).NextBytes(sent);

        Assert.Equal(sent, await EchoAsync(client, sent));
    }

    [Fact]
    public async Task A_reset_ends_only_its_own_connection()
    {
        using var steady = await ConnectAsync();
        using (var rude = await ConnectAsync())
        {
            await rude.SendAsync(new byte[10]);
            rude.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal([42], await EchoAsync(steady, [42]));
        Assert.Equal(ServerState.Running, _server.State);
    }

    [Fact]
    public async Task Stopping_closes_every_connection()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(new byte[] { 1 });
        await client.ReceiveAsync(new byte[1]);

        _server.Stop();

        await _server.Completion.WaitAsync(Hang, TestContext.Current.CancellationToken);
        Assert.Equal(0, _server.ConnectionsOpen);
        Assert.Equal(0, await ReceiveOrResetAsync(client));
        using var next = SocketServer.Start(new IPEndPoint(IPAddress.Loopback, _server.Port), 1, new EchoHandler());
        Assert.Equal(_server.Port, next.Port);
    }

    [Fact]
    public void A_port_has_one_owner()
    {
        var error = Assert.Throws<SocketOperationException>(
            () => SocketServer.Start(new IPEndPoint(IPAddress.Loopback, _server.Port), 1, new EchoHandler()));

        Assert.Equal(Reason.AddressInUse, error.Reason);
        Assert.Equal("EADDRINUSE", error.ErrorName);
        Assert.Equal($"127.0.0.1:{_server.Port}", error.EndPoint);
    }

    [Fact]
    public async Task A_handler_that_throws_is_counted_and_contained()
    {
        using var server = SocketServer.Start(new IPEndPoint(IPAddress.Loopback, 0), 8, new ThrowingHandler());
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);

        Assert.Equal(0, await ReceiveOrResetAsync(client));
        Assert.Equal(1, server.Errors);
        Assert.Equal(ServerState.Running, server.State);
    }

    [Fact]
    public void The_table_gives_each_session_its_own()
    {
        var (mine, others) = (Guid.NewGuid(), Guid.NewGuid());
        using var server = SocketServer.Start(new IPEndPoint(IPAddress.Loopback, 0), 8, new EchoHandler());
        ServerTable.Add(_server, others);
        ServerTable.Add(server, mine);

        ServerTable.StopAllOf(mine);

        Assert.Equal(ServerState.Stopped, server.State);
        Assert.Contains(_server, ServerTable.Running);
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _server.Port);
        return client;
    }

    private static async Task<byte[]> EchoAsync(Socket client, byte[] sent)
    {
        var sending = Task.Run(async () =>
        {
            for (var at = 0; at < sent.Length;)
                at += await client.SendAsync(sent.AsMemory(at));
            client.Shutdown(SocketShutdown.Send);
        });
        var received = new List<byte>();
        var buffer = new byte[65536];
        int count;
        while ((count = await client.ReceiveAsync(buffer)) > 0)
            received.AddRange(buffer[..count]);
        await sending;
        return [.. received];
    }

    private static async Task<int> ReceiveOrResetAsync(Socket client)
    {
        try
        {
            return await client.ReceiveAsync(new byte[1]).WaitAsync(Hang);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private sealed class ThrowingHandler : IConnectionHandler
    {
        public string Name => "Throw";

        public Task ServeAsync(Socket connection, SocketServer server) => throw new InvalidOperationException();
    }
}
