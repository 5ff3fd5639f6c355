using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Servers by cmdlets: handlers, faults, watching, accepting.</summary>
public sealed class ServerHandlerTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly PowerShellSession _session = new();

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Start-SocketServer", "Echo", "hi\n", "hi\n")]
    [InlineData("Start-SocketServer 0 Discard", "Discard", "hi\n", "")]
    [InlineData("Start-SocketServer -Reply ok", "Reply", "hi\nho\n", "okok")]
    [InlineData("Start-SocketServer -Reply ok -Per Connection", "Reply", "", "ok")]
    [InlineData("Start-SocketServer 0 Reply -Reply 1, 2", "Reply", "\n", "\u0001\u0002")]
    [InlineData("Start-SocketServer -Body hi -Header @{ A = 'b' }", "Http", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")]
    public void A_handler_serves(string script, string handler, string sent, string answer)
    {
        var server = _session.Run(script).Only<SocketServer>();

        Assert.Equal(handler, server.Handler);
        Assert.Equal(answer, Exchange(server.Port, sent));
    }

    [Fact]
    public void A_script_serves_with_arguments_and_its_errors_stay_with_their_connection()
    {
        var server = _session.Run(
            "Start-SocketServer -ScriptBlock { param($c, $a, $b) $line = $c | Receive-SocketData -Line; if ($line -eq 'bad') { throw 'it is bad' }; $_ | Send-SocketData ($line + $a + $b) } -ArgumentList 'x', 'y'")
            .Only<SocketServer>();

        Assert.Equal("hixy", Exchange(server.Port, "hi\n"));
        Assert.Equal("", Exchange(server.Port, "bad\n"));
        Wait(() => server.ConnectionsOpen == 0);
        Assert.Equal([(ServerConnectionEnd.ServerClosed, null), (ServerConnectionEnd.HandlerFailed, "it is bad")], server.Connections.Select(static c => (c.End, c.ErrorMessage)));
    }

    [Fact]
    public void A_script_that_never_ends_ends_with_its_server()
    {
        // The stop comes before the script has begun, or after.
        for (var i = 0; i < 20; i++)
        {
            const string script = "while ($true) { [Threading.Thread]::Sleep(10) }";
            var server = _session.Run($"($s = Start-SocketServer -ScriptBlock {{ {script} }})").Only<SocketServer>();
            using var client = new TcpClient("127.0.0.1", server.Port);
            Wait(() => server.ConnectionsOpen == 1);
            SpinWait.SpinUntil(static () => false, i);

            Assert.Empty(_session.Run("$s | Stop-SocketServer").Errors);

            Wait(() => server.ConnectionsOpen == 0);
            Assert.Equal((ServerState.Stopped, ServerConnectionEnd.Stopped), (server.State, server.Connections[0].End));
        }
    }

    [Fact]
    public void Several_scripts_run_at_once_and_no_more_than_allowed()
    {
        var server = _session.Run("Start-SocketServer -ThrottleLimit 2 -ScriptBlock { $_ | Send-SocketData 'in'; $_ | Receive-SocketData -Line }").Only<SocketServer>();
        var clients = Enumerable.Range(0, 3).Select(_ => new TcpClient("127.0.0.1", server.Port)).ToList();
        Wait(() => clients.Count(static client => client.Available == 2) == 2);

        Assert.Equal(3, server.ConnectionsOpen);
        var first = clients.First(static client => client.Available == 2);
        first.GetStream().Write("\n"u8);
        Wait(() => clients.All(static client => client.Available == 2));
        clients.ForEach(static client => client.Dispose());
    }

    [Fact]
    public void Datagrams_are_forwarded_beside_connections()
    {
        var server = _session.Run("Start-EchoServer -Protocol Tcp, Udp | ForEach-Object { Start-SocketServer -ForwardTo $_ -Protocol Tcp, Udp -Transcript }").Only<SocketServer>();

        Assert.Equal(PortState.Open, _session.Run($"Test-UdpPort 127.0.0.1 {server.Port} -Payload hi -RetryCount 0").Only<UdpPortResult>().State);
        Assert.Equal("hi", Exchange(server.Port, "hi"));
        Assert.Equal((1L, 1L, "hi"), (server.DatagramsReceived, server.DatagramsSent, server.Connections[0].FirstText));
        Assert.Equal(2, server.Connections[0].Transcript!.Entries.Count);
    }

    [Fact]
    public void Faults_are_set_by_direction_and_cleared()
    {
        var server = _session.Run("($s = Start-EchoServer -ResetAfterBytes 1 -Direction Both)").Only<SocketServer>();
        Assert.Equal((1L, 1L), (server.FaultsIn.ResetAfterBytes, server.FaultsOut.ResetAfterBytes));

        _session.Run("$s | Set-SocketServer -ClearFaults -Direction In -LatencyMilliseconds 5 -Probability 0.5");

        Assert.Equal(("latency 5 ms, probability 0.5", "none"), (server.FaultsIn.ToString(), server.FaultsOut.ToString()));
    }

    [Fact]
    public async Task Connections_are_watched_until_the_server_stops()
    {
        var server = _session.Run("($s = Start-EchoServer)").Only<SocketServer>();
        using var shell = _session.Prepare("Watch-SocketServer $s");
        using var output = new PSDataCollection<PSObject>();
        var watching = shell.BeginInvoke<PSObject, PSObject>(null, output);
        var clock = Stopwatch.StartNew();
        for (var i = 0; output.Count < 3 && clock.Elapsed < Hang; i++)
            Exchange(server.Port, $"{i}");
        server.Stop();
        await Task.Factory.FromAsync(watching, shell.EndInvoke).WaitAsync(Hang, Test);

        Assert.All(output, static record => Assert.Equal(ServerConnectionEnd.ClientClosed, ((ServerConnection)record.BaseObject).End));
        Assert.True(output.Count >= 3);
    }

    [Fact]
    public Task Waiting_for_a_connection_stops_at_once()
    {
        // Nobody else listens on that address.
        using var held = LoopbackPort.Closed();
        var port = held.Number;

        return StopsAtOnceAsync(
            $"Receive-SocketConnection -Port {port} -Address 127.0.0.6",
            _ => ServerTable.Running.Any(server => server.Address == "127.0.0.6" && server.Port == port));
    }

    [Fact]
    public Task Watching_stops_at_once()
    {
        var server = _session.Run("($s = Start-EchoServer)").Only<SocketServer>();

        // It watches when it has told of a connection.
        return StopsAtOnceAsync("Watch-SocketServer $s", output =>
        {
            Exchange(server.Port, "");
            return output.Count > 0;
        });
    }

    [Fact]
    public async Task Draining_stops_at_once()
    {
        var server = _session.Run("($s = Start-EchoServer)").Only<SocketServer>();
        using var client = new TcpClient("127.0.0.1", server.Port);
        Wait(() => server.ConnectionsOpen == 1);

        await StopsAtOnceAsync(
            "Stop-SocketServer $s -DrainMilliseconds 60000", _ => server.State == ServerState.Draining);
    }

    [Fact]
    public void A_connection_is_accepted_to_be_talked_on()
    {
        var server = _session.Run("($s = Start-SocketServer 0 Accept)").Only<SocketServer>();
        using var client = new TcpClient("127.0.0.1", server.Port);
        client.GetStream().Write("hello\n"u8);

        Assert.Equal("hello", _session.Run("($c = Receive-SocketConnection -Server $s -Once) | Receive-SocketData -Line").Only<string>());
        Assert.Equal(((IPEndPoint)client.Client.LocalEndPoint!).Port, _session.Run("$c").Only<SocketConnection>().Port);
        Assert.Equal("TimedOut", Assert.Single(_session.Run("Receive-SocketConnection -Server $s -Once -TimeoutMs 50").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Theory]
    [InlineData("Start-SocketServer -Handler Reply", "needs -Reply")]
    [InlineData("Start-SocketServer -Reply x -StatusCode 500", "-Reply is for")]
    [InlineData("Start-SocketServer -Handler Accept -Protocol Udp", "needs TCP")]
    [InlineData("Start-SocketServer -ScriptBlock { } -LatencyMilliseconds 5", "takes no faults")]
    [InlineData("Start-SocketServer -Tls -Protocol Udp", "TLS needs TCP")]
    [InlineData("Start-SocketServer -Protocol Tcp, Tcp", "once")]
    [InlineData("Receive-SocketConnection -Server (Start-EchoServer)", "-Handler Accept")]
    public void What_cannot_be_meant_is_told(string script, string says)
    {
        var error = Assert.Single(_session.Run(script).Errors);

        Assert.StartsWith("ContradictingArguments", error.FullyQualifiedErrorId);
        Assert.Contains(says, error.Exception.Message);
    }

    [Fact]
    public void What_needs_a_newer_PowerShell_says_so_there()
    {
        var errors = _session.Run("Start-EchoServer -Tls").Errors;
        if (BuiltModule.Target == "net8.0")
            Assert.Empty(errors);
        else
            Assert.Contains("PowerShell 7.4", Assert.Single(errors).Exception.Message);
    }

    private static string Exchange(int port, string sent)
    {
        using var client = new TcpClient("127.0.0.1", port) { ReceiveTimeout = (int)Hang.TotalMilliseconds };
        var stream = client.GetStream();
        stream.Write(Encoding.UTF8.GetBytes(sent));
        client.Client.Shutdown(SocketShutdown.Send);
        var received = new List<byte>();
        var buffer = new byte[1000];
        int count;
        while ((count = stream.Read(buffer)) > 0)
            received.AddRange(buffer[..count]);
        return Encoding.UTF8.GetString([.. received]);
    }

    private async Task StopsAtOnceAsync(string script, Func<PSDataCollection<PSObject>, bool> isUnderWay)
    {
        using var shell = _session.Prepare(script);
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Wait(() => isUnderWay(output));
        var clock = Stopwatch.StartNew();

        await Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null).WaitAsync(Hang, Test);

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
    }

    private static void Wait(Func<bool> holds) => Assert.True(SpinWait.SpinUntil(holds, Hang), "It did not come to hold.");
}
