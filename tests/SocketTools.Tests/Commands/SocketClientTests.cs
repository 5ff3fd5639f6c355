using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class SocketClientTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public SocketClientTests() => _session.Run("$server = Start-EchoServer; $client = Connect-Socket 127.0.0.1 $server.Port");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_connection_says_what_it_is_and_is_listed_until_it_closes()
    {
        var client = _session.Run("$client").Only<SocketConnection>();

        Assert.Equal(ConnectionState.Open, client.State);
        Assert.Equal(client, _session.Run("Get-SocketConnection $client.Id").Only<SocketConnection>());
        Assert.Empty(_session.Run("Disconnect-Socket $client").Errors);
        Assert.Equal(ConnectionState.Closed, client.State);
        Assert.Equal("ConnectionNotFound", IdOf(_session.Run("Get-SocketConnection $client.Id")));
        Assert.Equal("ConnectionClosed", IdOf(_session.Run("Send-SocketData $client x")));
    }

    [Theory]
    [InlineData("Send-SocketData $client 'hello' -Line; Receive-SocketData $client -Line", "hello")]
    [InlineData("Send-SocketData $client 'hello' -NewLine Lf; Receive-SocketData $client -Line", "hello")]
    [InlineData("'a','b' | Send-SocketData $client -NewLine Lf; Receive-SocketData $client -Until \"b`n\"", "a\nb\n")]
    [InlineData("Send-SocketData $client 'é' -Encoding latin1; Receive-SocketData $client -Length 1 -Encoding latin1", "é")]
    [InlineData("Send-SocketData $client 'é'; Receive-SocketData $client -Length 2", "é")]
    [InlineData("Send-SocketData $client -HexString '61 0x62:63'; Receive-SocketData $client -Length 3", "abc")]
    [InlineData("$client | Send-SocketData 'x1;' -PassThru | Receive-SocketData -Until ([regex]'\\d;')", "x1;")]
    [InlineData("97, 98 | ForEach-Object { [byte] $_ } | Send-SocketData $client; Receive-SocketData $client -Length 2", "ab")]
    [InlineData("Send-SocketData $client ([byte[]] (97, 98)); Receive-SocketData $client -Length 2", "ab")]
    [InlineData("Send-SocketData $client 12; Receive-SocketData $client -Length 2", "12")]
    [InlineData("Send-SocketData $client ([IO.MemoryStream]::new([byte[]] (97, 98))); Receive-SocketData $client -Length 2", "ab")]
    [InlineData("Send-SocketData $client 'tail'; Disconnect-Socket $client -SendOnly; Receive-SocketData $client -ToEnd", "tail")]
    public void Text_bytes_and_streams_go_both_ways(string script, string text) =>
        Assert.Equal(text, _session.Run(script).Only<string>());

    [Fact]
    public void Bytes_are_one_array() =>
        Assert.Equal([0, 255], _session.Run("Send-SocketData $client -HexString 00ff; Receive-SocketData $client -Length 2 -AsByteStream").Only<byte[]>());

    [Fact]
    public void Lines_come_until_the_end()
    {
        var lines = _session.Run("Send-SocketData $client \"a`nb`r`n`nlast\"; Disconnect-Socket $client -SendOnly; Receive-SocketData $client -Lines").All<string>();

        Assert.Equal(["a", "b", "", "last"], lines);
        Assert.Empty(_session.Run("Receive-SocketData $client -Line; Receive-SocketData $client").Output);
    }

    [Theory]
    [InlineData("$client | Send-SocketData -HexString 'ff fe 41 0a'; Receive-SocketData $client -Line", "\uFFFD\uFFFDA")]
    [InlineData("Send-SocketData $client -HexString 'c3 0a'; Receive-SocketData $client -Line", "\uFFFD")]
    [InlineData("Send-SocketData $client -HexString 'e2 82'; $null = Receive-SocketData $client -Length 2; Send-SocketData $client -HexString 'ac'; Receive-SocketData $client -Length 1", "€")]
    public void What_is_no_text_is_told_as_such(string script, string text) => Assert.Equal(text, _session.Run(script).Only<string>());

    [Theory]
    [InlineData("$one | ForEach-Object { $file | Send-SocketData $other }", "file")]
    [InlineData("$file | Send-SocketData $one -ComputerName 127.0.0.1 -Port $port", "file")]
    [InlineData("Send-SocketData $other -HexString 66696c65", "file")]
    public void A_file_is_a_datagram(string send, string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "file");
        var result = _session.Run($"$file = [IO.FileInfo] '{path}'; $one = Connect-Socket -LocalPort 0; $port = [int] $one.LocalEndPoint.Split(':')[-1]; " +
            $"$other = Connect-Socket 127.0.0.1 $port -Protocol Udp; {send}; Receive-SocketData $one -AsByteStream; $one, $other | Disconnect-Socket");
        File.Delete(path);

        Assert.Empty(result.Errors);
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(result.Only<byte[]>()));
    }

    [Fact]
    public void Nothing_there_is_nothing()
    {
        var result = _session.Run("Receive-SocketData $client -Available");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void A_time_out_keeps_what_came_and_the_setting_lasts()
    {
        var result = _session.Run(
            // What comes behind the first byte is there when that has been received: it came with it.
            "Send-SocketData $client :half; $null = Receive-SocketData $client -Length 1; " +
            "$client.TimeoutMilliseconds = 300; Receive-SocketData $client -Line");

        Assert.Equal("TimedOut", IdOf(result));
        Assert.Equal("half", Assert.IsType<SocketTimeoutException>(Assert.Single(result.Errors).Exception).PartialResult);
        Assert.Equal(300, _session.Run("$client").Only<SocketConnection>().TimeoutMilliseconds);
        var rest = _session.Run("Send-SocketData $client \"+`n\"; Receive-SocketData $client -Line -TimeoutMs 30000");
        Assert.Equal("half+", rest.Only<string>());
    }

    [Fact]
    public void Everything_goes_to_a_file_and_comes_from_one()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [.. Enumerable.Range(0, 100_000).Select(static n => (byte)n)]);
        var copy = path + ".copy";

        // The echo server reads and writes in turns: both sides would wait on each other, were this more than buffers hold.
        var result = _session.Run($"[IO.FileInfo] '{path}' | Send-SocketData $client; Disconnect-Socket $client -SendOnly; Receive-SocketData $client -ToEnd -OutFile '{copy}'");

        Assert.Empty(result.Errors);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(copy));
        File.Delete(path);
        File.Delete(copy);
    }

    [Fact]
    public void A_request_is_one_call()
    {
        var reply = _session.Run("Invoke-SocketRequest localhost $server.Port PING -Line").Only<SocketReply>();

        Assert.Equal(("PING", 4, ReceiveEnd.Delimiter), (reply.Text, reply.Length, reply.EndedBy));
        Assert.Equal("PING\r\n"u8.ToArray(), reply.Sent);
        Assert.NotNull(reply.ConnectMs);
        Assert.Single(_session.Run("Get-SocketConnection | Where-Object Source -EQ $client.Source | Where-Object Id -EQ $client.Id").Output);
        Assert.Null(_session.Run("Invoke-SocketRequest -Connection $client PING -Line").Only<SocketReply>().ConnectMs);
    }

    [Fact]
    public void Many_hosts_are_asked_and_one_that_fails_is_one_error()
    {
        using var closed = LoopbackPort.Closed();

        var result = _session.Run(
            $"\"localhost:$($server.Port)\", 'localhost:{closed.Number}', \"127.0.0.1:$($server.Port)\" | Invoke-SocketRequest -InputObject PING -NewLine CrLf -Until \"`r`n\"");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal("ConnectionRefused", IdOf(result));
        Assert.All(result.Output, static reply => Assert.Equal("PING\r\n", Assert.IsType<SocketReply>(reply.BaseObject).Text));
    }

    [Fact]
    public void A_partial_answer_is_in_the_error()
    {
        var result = _session.Run(
            "Invoke-SocketRequest localhost $server.Port part -Until END -TimeoutMilliseconds 2000");

        Assert.Equal("TimedOut", IdOf(result));
        var reply = Assert.IsType<SocketReply>(((SocketToolsException)Assert.Single(result.Errors).Exception).PartialResult);
        Assert.Equal(("part", ReceiveEnd.TimedOut), (reply.Text, reply.EndedBy));
    }

    [Theory]
    [InlineData("Invoke-SocketRequest localhost 1 x -Line -ToEnd", "ContradictingArguments", "one of")]
    [InlineData("Invoke-SocketRequest localhost 1 x -HexString 00", "ContradictingArguments", "-HexString")]
    [InlineData("Invoke-SocketRequest -Connection $client x -Protocol Tcp", "ContradictingArguments", "new connection")]
    [InlineData("Invoke-SocketRequest -Connection $client x -ThrottleLimit 2", "AmbiguousParameterSet", "arameter")]
    [InlineData("Connect-Socket localhost 1 -SkipCertificateCheck", "ContradictingArguments", "-Tls")]
    [InlineData("Connect-Socket localhost 1 -Tls -Protocol Udp", "ContradictingArguments", "Tcp")]
    [InlineData("Connect-Socket localhost 1 -Broadcast", "ContradictingArguments", "-Protocol Udp")]
    [InlineData("Connect-Socket localhost 1 -MulticastGroup 239.1.2.3", "ContradictingArguments", "-Protocol Udp")]
    [InlineData("Connect-Socket -LocalPort 0 -Protocol Tcp", "ContradictingArguments", "UDP")]
    [InlineData("Connect-Socket localhost", "PortMissing", "-Port")]
    [InlineData("Connect-Socket localhost 1 -Proxy ftp://x", "ParameterArgumentTransformationError", "socks5://")]
    [InlineData("Connect-Socket localhost 1 -Proxy http://u:p@x", "ParameterArgumentTransformationError", "-ProxyCredential")]
    [InlineData("Send-SocketData $client -HexString 0g", "ParameterArgumentTransformationError", "two digits")]
    [InlineData("Send-SocketData $client x -Encoding nosuch", "ParameterArgumentTransformationError", "utf8")]
    [InlineData("Receive-SocketData $client -Until ''", "ParameterArgumentTransformationError", "[regex]")]
    [InlineData("Send-SocketData $client x -ComputerName localhost -Port 1", "ContradictingArguments", "UDP")]
    public void What_makes_no_sense_is_refused(string script, string id, string says)
    {
        var error = Assert.Single(_session.Run(script).Errors);

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(says, error.Exception.Message);
    }

    [Fact]
    public void Datagrams_go_to_anyone_and_say_who_sent_them()
    {
        var datagram = _session.Run("""
            $one = Connect-Socket -LocalPort 0
            $port = [int] ($one.LocalEndPoint -split ':')[-1]
            $other = Connect-Socket 127.0.0.1 $port -Protocol Udp
            Send-SocketData $other question
            $question = Receive-SocketData $one
            Send-SocketData $one answer -ComputerName $question.ComputerName -Port $question.Port
            Receive-SocketData $other
            """).Only<SocketDatagram>();

        Assert.Equal("answer", datagram.Text);
        Assert.Equal("127.0.0.1", datagram.Address);
    }

    [Fact]
    public void Unix_sockets_need_a_newer_runtime_or_work()
    {
        Assert.SkipUnless(Socket.OSSupportsUnixDomainSockets, "this system has no Unix sockets");
        var path = Path.Combine(Path.GetTempPath(), $"socket-tools-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();

        var result = _session.Run($"Connect-Socket -UnixSocket '{path}'");

        if (BuiltModule.Target == "net8.0")
            Assert.Equal(SocketFamily.Unix, result.Only<SocketConnection>().Family);
        else
            Assert.Contains("PowerShell 7.4", Assert.Single(result.Errors).Exception.Message);
        File.Delete(path);
    }

    [Fact]
    public async Task Stopping_ends_a_wait_at_once()
    {
        var client = _session.Run("$client").Only<SocketConnection>();
        using var shell = _session.Prepare("Send-SocketData $client 'no line'; Receive-SocketData $client -Line");
        var running = shell.BeginInvoke();
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(TimeSpan.FromSeconds(60));
        // It waits for the rest when it has received a part.
        while (client.BytesReceived == 0)
            await Task.Delay(5, hang.Token);
        var clock = Stopwatch.StartNew();

        shell.Stop();

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        GC.KeepAlive(running);
    }

    [Fact]
    public void Connections_end_with_their_session()
    {
        using var other = new PowerShellSession();
        var theirs = other.Run($"Connect-Socket 127.0.0.1 {_session.Run("$server.Port").Only<int>()}").Only<SocketConnection>();
        var ours = _session.Run("$client").Only<SocketConnection>();

        other.Dispose();

        Assert.Equal((ConnectionState.Closed, ConnectionState.Open), (theirs.State, ours.State));
        Assert.Empty(_session.Run("Remove-Module SocketTools").Errors);
        Assert.Equal(ConnectionState.Closed, ours.State);
    }

    private static string IdOf(ScriptResult result) => Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0];
}
