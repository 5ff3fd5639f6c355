using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Datagrams to all of a network and to groups, over both families.</summary>
public sealed class DatagramReachTests
{
    private const int HangGuard = 30_000;
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_broadcast_reaches_who_listens_for_it_and_needs_leave() => OwnNetwork.RunAsync(static () =>
    {
        using var listener = Open(new ConnectOptions { Broadcast = true });
        using var speaker = Open(new ConnectOptions { Broadcast = true, Target = new HostTarget("10.77.0.255", PortOf(listener)) });
        using var local = Open(new ConnectOptions { Setup = new SocketSetup { Source = IPAddress.Any } });

        Send(speaker, "to all");

        Assert.Equal(("to all", OwnNetwork.LinkAddress), Next(listener));
        var error = Assert.Throws<SocketOperationException>(() => local.Send([1], 1, new IPEndPoint(IPAddress.Parse("10.77.0.255"), 9), Limit()));
        Assert.Equal("EACCES", error.ErrorName);
        Assert.Contains("-Broadcast", error.Message);
        error = Assert.Throws<SocketOperationException>(() => Open(new ConnectOptions { Target = new HostTarget("10.77.0.255", 9) }));
        Assert.Contains("-Broadcast", error.Message);
    });

    [Fact]
    public Task A_group_is_heard_through_the_interface_of_an_address() => OwnNetwork.RunAsync(static () =>
    {
        var group = IPAddress.Parse("239.1.2.3");
        var through = new SocketSetup { Source = IPAddress.Parse(OwnNetwork.LinkAddress) };
        using var one = Open(new ConnectOptions { MulticastGroup = group, Setup = through });
        using var another = Open(new ConnectOptions { MulticastGroup = group, Setup = through with { SourcePort = PortOf(one) } });
        using var speaker = Open(new ConnectOptions { Setup = through, Target = new HostTarget("239.1.2.3", PortOf(one)) });

        Send(speaker, "to the group");

        Assert.Equal(("to the group", OwnNetwork.LinkAddress), Next(one));
        Assert.Equal(("to the group", OwnNetwork.LinkAddress), Next(another));
    });

    [Fact]
    public Task A_group_of_IPv6_is_heard_on_its_zone() => OwnNetwork.RunAsync(static () =>
    {
        using var listener = Open(new ConnectOptions { MulticastGroup = IPAddress.Parse("ff02::114%near") });
        using var speaker = Open(new ConnectOptions { Target = new HostTarget("ff02::114%near", PortOf(listener)) });

        Send(speaker, "to the group");

        Assert.Equal("to the group", Next(listener).Text);
    });

    [Fact]
    public async Task Both_protocols_go_over_IPv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this system has no IPv6");
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        using var stream = await new SocketConnector().ConnectAsync(new ConnectOptions { Target = new HostTarget("::1", ((IPEndPoint)listener.LocalEndpoint).Port) }, Test);
        using var one = Open(new ConnectOptions { Setup = new SocketSetup { Source = IPAddress.IPv6Loopback } });
        using var other = Open(new ConnectOptions { Target = new HostTarget("::1", PortOf(one)) });

        Send(other, "over six");

        Assert.Equal(("over six", "::1"), Next(one));
        Assert.Equal((SocketFamily.IPv6, SocketFamily.IPv6), (stream.Family, one.Family));
        Assert.StartsWith("[::1]:", stream.RemoteEndPoint);
    }

    [Fact]
    public async Task A_connection_comes_from_the_port_that_was_asked_for()
    {
        await using var peer = ScriptedPeer.Start(static c => c.WaitForCloseAsync());
        using var closed = LoopbackPort.Closed();
        var port = closed.Number;
        closed.Dispose();

        using var connection = await new SocketConnector().ConnectAsync(
            new ConnectOptions { Target = new HostTarget("127.0.0.1", peer.Port), Setup = new SocketSetup { SourcePort = port } }, Test);

        Assert.Equal($"127.0.0.1:{port}", connection.LocalEndPoint);
        connection.Close(CloseManner.Reset);
    }

    [Fact]
    public void A_socket_has_the_options_that_were_asked_for()
    {
        using var socket = new SocketSetup { NoDelay = false, KeepAlive = true, LingerSeconds = 3, ReceiveBufferSize = 50_000, SendBufferSize = 60_000 }
            .OpenTcp(AddressFamily.InterNetwork);

        Assert.False(socket.NoDelay);
        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal((true, 3), (socket.LingerState!.Enabled, socket.LingerState.LingerTime));
        Assert.InRange(socket.ReceiveBufferSize, 50_000, 100_000);
        Assert.InRange(socket.SendBufferSize, 60_000, 120_000);
    }

    private static SocketConnection Open(ConnectOptions options) =>
        new SocketConnector().ConnectAsync(options with { Protocol = TransportProtocol.Udp }, Test).GetAwaiter().GetResult();

    private static int PortOf(SocketConnection connection) =>
        int.Parse(connection.LocalEndPoint!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static void Send(SocketConnection connection, string text)
    {
        var bytes = Utf8.GetBytes(text);
        connection.Send(bytes, bytes.Length, null, Limit());
    }

    private static (string Text, string Sender) Next(SocketConnection connection)
    {
        var datagram = connection.ReceiveDatagram(Utf8, waits: true, Limit())!;
        return (datagram.Text, datagram.ComputerName);
    }

    private static WaitLimit Limit() => new(HangGuard, Test);
}
