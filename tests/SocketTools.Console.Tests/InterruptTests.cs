using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

/// <summary>Ctrl+C in a terminal ends each cmdlet that waits, and leaves the session as it was.</summary>
public sealed class InterruptTests : IClassFixture<InterruptTests.Session>
{
    private readonly Session _session;

    public InterruptTests(Session session) => _session = session;

    public static TheoryData<string> Waiting { get; } = new(
        "Test-TcpPort 127.0.0.1 $silent -TimeoutMilliseconds 600000",
        "Test-UdpPort 127.0.0.1 $udp -TimeoutMilliseconds 600000",
        "Find-OpenPort 127.0.0.1 $silent -SkipHostDiscovery -TimeoutMilliseconds 600000",
        "Wait-TcpPort 127.0.0.1 9 -TimeoutSeconds 600",
        "Measure-TcpLatency 127.0.0.1 9 -Count 10000 -IntervalMilliseconds 600",
        "Resolve-DnsRecord a.test A -Server 127.0.0.1:$udp -TimeoutMilliseconds 600000",
        "Resolve-HostInfo a.test -Server 127.0.0.1:$udp -TimeoutMilliseconds 600000",
        "Get-TlsInfo 127.0.0.1 $mute -TimeoutMilliseconds 600000",
        "Invoke-RawHttp http://127.0.0.1:$mute/ -TimeoutMilliseconds 600000",
        "Connect-Socket 127.0.0.1 $silent -TimeoutMilliseconds 600000",
        "Invoke-SocketRequest 127.0.0.1 $mute hi -TimeoutMilliseconds 600000",
        "Receive-SocketData $connection -TimeoutMilliseconds 600000",
        "Send-SocketData $connection ('x' * 50MB) -TimeoutMilliseconds 600000",
        "Receive-SocketConnection -Port 0",
        "Watch-SocketServer $server",
        "Stop-SocketServer $server -DrainMilliseconds 600000");

    [Theory]
    [MemberData(nameof(Waiting))]
    public async Task EndsWhatWaits(string command)
    {
        var terminal = _session.Terminal;
        await terminal.WaitForPromptAsync();
        await terminal.ClearAsync();
        await terminal.WaitForPromptAsync();
        await terminal.RunAsync($"& {{ notify; {command}; 'went ' + 'on' }}");
        await terminal.WaitForLineAsync("a second has gone by", static line => line == "a second has gone by");

        await terminal.PressAsync("C-c");

        var screen = await terminal.WaitForPromptAsync();
        Assert.DoesNotContain("went on", screen);
        await terminal.RunAsync("'st' + \"ill $((Get-Module SocketTools).Name)\"");
        await terminal.WaitForAsync("still SocketTools");
    }

    /// <summary>One PowerShell in a terminal, with peers that never answer.</summary>
    public sealed class Session : IAsyncLifetime
    {
        // A port that drops handshakes, since its queue is full; one that opens and says nothing; one of UDP; and what tells
        // from another runspace that the cmdlet has been waiting.
        private const string Peers = """
            $full = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $full.Start(0)
            $silent = $full.LocalEndpoint.Port
            $queued = foreach ($i in 1..4) { $client = [Net.Sockets.TcpClient]::new(); $null = $client.ConnectAsync('127.0.0.1', $silent); $client }
            $opened = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $opened.Start()
            $mute = $opened.LocalEndpoint.Port
            $bound = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::new([ipaddress]::Loopback, 0))
            $udp = $bound.Client.LocalEndPoint.Port
            $connection = Connect-Socket 127.0.0.1 $mute
            $server = Start-EchoServer
            $busy = Connect-Socket 127.0.0.1 $server.Port
            function notify { $null = Start-ThreadJob { Start-Sleep -Seconds 1; [Console]::WriteLine("`na second has gone by") } }
            """;

        internal Terminal Terminal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Terminal = await Terminal.StartAsync("-NoProfile", "-NoExit", "-Command", Peers);
            await Terminal.WaitForPromptAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (Terminal is not null)
                await Terminal.DisposeAsync();
        }
    }
}
