using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class SocketDialerTests
{
    [Fact]
    public void Families_take_turns() => Assert.Equal(
        ["::1", "127.0.0.1", "::2", "127.0.0.2", "::3"],
        SocketDialer.Interleaved([.. new[] { "::1", "::2", "::3", "127.0.0.1", "127.0.0.2" }.Select(IPAddress.Parse)]).Select(static a => a.ToString()));

    [Fact]
    public async Task A_silent_address_does_not_hold_up_the_next()
    {
        using var silent = new SilentPort();
        // The same port on another address of loopback, behind a silent one in the resolver's order.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), silent.Number));
        listener.Listen();
        var resolver = new ScriptedResolver().Knows("two.test", "127.0.0.1", "127.0.0.2");
        var deadline = new Deadline(20_000);

        using var socket = await new SocketDialer(new HostResolver(resolver)).ConnectAsync(
            new HostTarget("two.test", silent.Number), AddressFamily.Unspecified, deadline, TestContext.Current.CancellationToken);

        Assert.Equal("127.0.0.2", ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString());
        Assert.InRange(deadline.ElapsedMs, 200, 10_000);
    }
}
