using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class SocketServerTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly SocketServer _server = SocketServer.Start(new ServerOptions());

    public void Dispose() => _server.Dispose();

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
        using var next = SocketServer.Start(new ServerOptions { Port = _server.Port });
        Assert.Equal(_server.Port, next.Port);
    }

    [Fact]
    public void A_port_has_one_owner()
    {
        var error = Assert.Throws<SocketOperationException>(
            () => SocketServer.Start(new ServerOptions { Port = _server.Port }));

        Assert.Equal(Reason.AddressInUse, error.Reason);
        Assert.Equal("EADDRINUSE", error.ErrorName);
        Assert.Equal($"127.0.0.1:{_server.Port}", error.EndPoint);
    }

    [Fact]
    public async Task A_handler_that_throws_is_counted_and_contained()
    {
        using var server = SocketServer.Start(new ServerOptions { Handler = new ThrowingHandler() });
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);

        await client.SendAsync(new byte[1]);

        Assert.Equal(0, await ReceiveOrResetAsync(client));
        Assert.Equal(1, server.Errors);
        Assert.Equal((ServerConnectionEnd.HandlerFailed, "It cannot."), (server.Connections[0].End, server.Connections[0].ErrorMessage));
        Assert.Equal(ServerState.Running, server.State);
    }

    [Fact]
    public void The_table_gives_each_session_its_own()
    {
        var (mine, others) = (Guid.NewGuid(), Guid.NewGuid());
        using var server = SocketServer.Start(new ServerOptions());
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

    private sealed class ThrowingHandler : ConversationHandler
    {
        public override string Name => "Throw";

        public override Conversation Open(ServerConnection client) => new Throwing();

        private sealed class Throwing : Conversation
        {
            public override int Receive(byte[] bytes, int offset, int count, IReplySink reply) => throw new InvalidOperationException("It cannot.");
        }
    }
}
