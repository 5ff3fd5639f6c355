using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class InvokeRawHttpTests : IDisposable
{
    private const string Answer = "HTTP/1.1 200 Fine\r\nX-One: 1\r\nx-one: 2\r\nContent-Length: 5\r\n\r\nhello";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Head_and_body_come_apart_with_the_exact_bytes()
    {
        await using var peer = ScriptedPeer.Answering(Answer);

        var response = _session.Run($"Invoke-RawHttp http://{peer.EndPoint}/a?b").Only<RawHttpResponse>();

        Assert.Equal("HTTP/1.1 200 Fine", response.StatusLine);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal("Fine", response.ReasonPhrase);
        Assert.Equal(["1", "2"], response.Headers["X-ONE"]!);
        Assert.Equal(["X-One", "x-one", "Content-Length"], response.Headers.Select(static h => h.Name));
        Assert.Equal("hello", response.Content);
        Assert.Equal(Encoding.ASCII.GetBytes("hello"), response.Body);
        Assert.StartsWith("HTTP/1.1 200 Fine\r\n", response.RawHead);
        Assert.Equal($"GET /a?b HTTP/1.1\r\nHost: {peer.EndPoint}\r\nConnection: close\r\n\r\n", Encoding.ASCII.GetString(response.RequestBytes));
    }

    [Fact]
    public void A_request_by_hand_has_a_byte_at_least() => Assert.StartsWith(
        "ParameterArgumentValidationError", Assert.Single(_session.Run("Invoke-RawHttp http://127.0.0.1/ -RawRequest ''").Errors).FullyQualifiedErrorId);

    [Theory]
    [InlineData("-Method POST -Body abc", "POST / HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("-HttpVersion 1.0 -NoDefaultHeaders", "GET / HTTP/1.0\r\n\r\n")]
    [InlineData("-NoDefaultHeaders -Headers 'A: 1', 'A: 2'", "GET / HTTP/1.1\r\nA: 1\r\nA: 2\r\n\r\n")]
    [InlineData("-NoDefaultHeaders -Headers ([ordered]@{{ B = '1'; A = 2, 3 }})", "GET / HTTP/1.1\r\nB: 1\r\nA: 2\r\nA: 3\r\n\r\n")]
    [InlineData("-Body ([byte[]](1, 2))", "GET / HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\u0001\u0002")]
    [InlineData("-Headers @{{ Host = 'other' }}", "GET / HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n")]
    public async Task The_request_is_what_was_asked_for(string parameters, string expected)
    {
        await using var peer = AnsweringBodies();

        var script = $"Invoke-RawHttp http://{peer.EndPoint}/ " + string.Format(System.Globalization.CultureInfo.InvariantCulture, parameters, "");
        var response = _session.Run(script).Only<RawHttpResponse>();

        var sent = Encoding.Latin1.GetString(response.RequestBytes);
        var wanted = string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, peer.EndPoint);
        Assert.Equal(wanted.Split("\r\n").Order(), sent.Split("\r\n").Order());
    }

    [Fact]
    public void One_URL_that_fails_is_a_terminating_error()
    {
        using var closed = LoopbackPort.Closed();

        var run = _session.Run($"Invoke-RawHttp http://127.0.0.1:{closed.Number}/; 'not reached'");

        var error = Assert.Single(run.Errors);
        Assert.Equal("ConnectionRefused,SocketTools.Commands.InvokeRawHttpCommand", error.FullyQualifiedErrorId);
        Assert.IsType<SocketOperationException>(error.Exception);
    }

    [Fact]
    public void A_server_of_this_session_can_stand_for_the_host()
    {
        var run = _session.Run("$s = Start-SocketServer -StatusCode 200 -Body here; (Invoke-RawHttp http://web1.example/ -ConnectTo $s).Content; $s | Stop-SocketServer");
        Assert.Empty(run.Errors);
        Assert.Contains("here", run.Output.Select(static o => o?.ToString()));
    }

    [Fact]
    public async Task A_piped_URL_that_fails_costs_only_itself()
    {
        using var closed = LoopbackPort.Closed();
        await using var peer = ScriptedPeer.Answering(Answer);

        var run = _session.Run(
            $"'http://127.0.0.1:{closed.Number}/', 'http://{peer.EndPoint}/' | Invoke-RawHttp");

        Assert.Single(run.Errors);
        Assert.Equal(200, Assert.IsType<RawHttpResponse>(Assert.Single(run.Output).BaseObject).StatusCode);
    }

    [Fact]
    public async Task Silence_ends_at_the_time_out_and_keeps_what_came()
    {
        await using var peer = ScriptedPeer.Start(static async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
            await connection.WaitForCloseAsync();
        });

        var error = Assert.Single(_session.Run($"Invoke-RawHttp http://{peer.EndPoint}/ -TimeoutMilliseconds 200").Errors);

        Assert.Equal("TimedOut", error.FullyQualifiedErrorId.Split(',')[0]);
        var partial = Assert.IsType<RawHttpResponse>(Assert.IsType<SocketTimeoutException>(error.Exception).PartialResult);
        Assert.Equal("he", partial.Content);
        Assert.False(partial.IsComplete);
    }

    [Theory]
    [InlineData("Invoke-RawHttp ftp://127.0.0.1/", "http")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Method 'GET /x'", "method")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Headers \"A: 1`r`nB: 2\"", "CR")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Headers @{ 'A b' = 1 }", "header")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Body @{ a = 1 }", "ConvertTo-Json")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Body '1', '2'", "-join")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Body ([IO.FileInfo] '/no/such/file')", "not there")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -RequestTarget \"/`r`nX: y\"", "CR")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo '10.0.0.0/8'", "several hosts. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo 'a,b'", "several hosts. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo 'a', 'b'", "is not a host. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo @{ ComputerName = 'a' }", "A hashtable is not a host. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo ''", "A host is blank. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo 'web1:0'", "0 is not a port: ports go from 1 to 65535. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo '[::1]:x'", "'x' is not a port or a known service. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -ConnectTo '[::1'", "brackets hold an IPv6 address. Give one host")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Pipeline @{ Verb = 'GET' }", "RequestTarget")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Sequence @()", "No request")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Sequence $notSet", "No request is given")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Sequence @{ Headers = \"A: b`nC: d\" }", "LF")]
    public void What_would_break_the_request_is_refused_at_binding(string script, string says)
    {
        var error = Assert.Single(_session.Run(script).Errors);

        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
        Assert.Contains(says, error.Exception.Message);
    }

    [Theory]
    [InlineData("-RawRequest 'x' -Method PUT", "-Method")]
    [InlineData("-RawRequest 'x' -Headers 'A: b'", "-Headers")]
    [InlineData("-Sequence '/' -Pipeline '/'", "-Sequence")]
    [InlineData("-Sequence '/' -OutFile x", "-OutFile")]
    [InlineData("-UnixSocket x -Proxy http://127.0.0.1:1", "UnixSocket")]
    [InlineData("-HttpVersion 1.0 -Body ([IO.Pipes.AnonymousPipeServerStream]::new('In'))", "length")]
    public void What_cannot_be_meant_together_is_refused(string parameters, string says)
    {
        var error = Assert.Single(_session.Run($"Invoke-RawHttp http://127.0.0.1:9/ {parameters}").Errors);

        Assert.Contains(says, error.Exception.Message);
        Assert.NotEqual("ConnectionRefused", error.FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public async Task Another_host_is_connected_to_with_a_port_or_that_of_the_URL()
    {
        await using var peer = ScriptedPeer.Answering(Answer);
        using var six = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetworkV6, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);

        foreach (var to in new[] { "127.0.0.1", $"127.0.0.1:{peer.Port}", $"http://127.0.0.1:{peer.Port}" })
        {
            var response = _session.Run($"Invoke-RawHttp http://web.example:{peer.Port}/ -ConnectTo {to}").Only<RawHttpResponse>();
            Assert.Equal(("web.example", "127.0.0.1", 200), (response.ComputerName, response.Address, response.StatusCode));
        }

        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "this system has no IPv6");
        six.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.IPv6Loopback, 0));
        six.Listen();
        var port = ((System.Net.IPEndPoint)six.LocalEndPoint!).Port;
        var serving = Task.Run(
            () =>
            {
                for (var i = 0; i < 2; i++)
                {
                    using var client = six.Accept();
                    client.Receive(new byte[4096]);
                    client.Send(Encoding.ASCII.GetBytes(Answer));
                }
            },
            TestContext.Current.CancellationToken);
        Assert.Equal("::1", _session.Run($"Invoke-RawHttp http://web.example/ -ConnectTo [::1]:{port}").Only<RawHttpResponse>().Address);
        Assert.Equal("::1", _session.Run($"Invoke-RawHttp http://web.example:{port}/ -ConnectTo ::1").Only<RawHttpResponse>().Address);
        await serving;
    }

    [Fact]
    public async Task A_request_by_hand_goes_as_it_is()
    {
        await using var peer = ScriptedPeer.Answering(Answer);

        var response = _session.Run($"Invoke-RawHttp http://{peer.EndPoint}/ -RawRequest \"GET /x HTTP/1.0`r`nX: `t y`r`n`r`n\"").Only<RawHttpResponse>();

        Assert.Equal("GET /x HTTP/1.0\r\nX: \t y\r\n\r\n", Encoding.ASCII.GetString(response.RequestBytes));
    }

    [Theory]
    [InlineData("-Sequence")]
    [InlineData("-Pipeline")]
    public async Task Several_requests_give_a_response_each(string how)
    {
        await using var peer = ScriptedPeer.Start(static async connection =>
        {
            for (var i = 0; i < 3; i++)
            {
                await connection.ReadHeadAsync();
                await connection.SendAsync(Answer);
            }
        });

        var script = $"Invoke-RawHttp http://{peer.EndPoint}/ -Headers 'A: 1' {how} '/a', @{{ Method = 'PUT'; RequestTarget = '/b'; Headers = @{{ B = 2 }} }}, ([Text.Encoding]::ASCII.GetBytes(\"GET /c HTTP/1.0`r`n`r`n\"))";
        var sent = _session.Run(script).All<RawHttpResponse>().Select(static r => Encoding.ASCII.GetString(r.RequestBytes)).ToArray();

        Assert.Equal(
            [$"GET /a HTTP/1.1\r\nHost: {peer.EndPoint}\r\nA: 1\r\n\r\n", $"PUT /b HTTP/1.1\r\nHost: {peer.EndPoint}\r\nB: 2\r\n\r\n", "GET /c HTTP/1.0\r\n\r\n"], sent);
    }

    [Fact]
    public async Task Answers_that_came_stay_where_the_connection_carries_no_more()
    {
        await using var peer = ScriptedPeer.Answering(Answer.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        var run = _session.Run($"$r = Invoke-RawHttp http://{peer.EndPoint}/ -Sequence '/a', '/b'; $r; 'after'");

        Assert.Equal(200, Assert.IsType<RawHttpResponse>(run.Output[0].BaseObject).StatusCode);
        Assert.Equal("after", run.Output[1].BaseObject);
        Assert.Contains("one more request was not sent", Assert.Single(run.Errors).Exception.Message);
    }

    [Fact]
    public async Task A_body_of_bytes_is_bytes_in_a_sequence_too()
    {
        await using var peer = AnsweringBodies();

        var sent = _session.Run($"Invoke-RawHttp http://{peer.EndPoint}/ -Sequence @{{ Method = 'PUT'; Body = 65, 66; HttpVersion = 1.0 }}").Only<RawHttpResponse>();

        Assert.EndsWith("\r\n\r\nAB", Encoding.ASCII.GetString(sent.RequestBytes));
        Assert.StartsWith("PUT / HTTP/1.0", Encoding.ASCII.GetString(sent.RequestBytes));
        Assert.Contains("-join", Assert.Single(_session.Run("Invoke-RawHttp http://127.0.0.1/ -Sequence @{ Body = 'a', 'b' }").Errors).Exception.Message);
    }

    [Fact]
    public async Task An_upgraded_connection_is_the_sessions_own()
    {
        await using var peer = ScriptedPeer.Start(static async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nready\r\n");
            await connection.WaitForCloseAsync();
        });

        var run = _session.Run(
            $"$c = (Invoke-RawHttp http://{peer.EndPoint}/ -Headers 'Upgrade: x', 'Connection: Upgrade').Connection; $c | Receive-SocketData -Line; @(Get-SocketConnection).Id -contains $c.Id; $c | Disconnect-Socket");

        Assert.Empty(run.Errors);
        Assert.Equal(["ready", "True"], run.Output.Select(static o => $"{o}"));
    }

    [Fact]
    public async Task A_file_holds_the_body_of_one_URL()
    {
        await using var peer = ScriptedPeer.Answering(Answer);
        var file = System.IO.Path.GetTempFileName();
        try
        {
            var run = _session.Run($"'http://{peer.EndPoint}/1', 'http://{peer.EndPoint}/2' | Invoke-RawHttp -OutFile '{file}'");

            Assert.EndsWith("/1", Assert.IsType<RawHttpResponse>(Assert.Single(run.Output).BaseObject).Uri);
            Assert.StartsWith("ContradictingArguments,", Assert.Single(run.Errors).FullyQualifiedErrorId);
            Assert.Contains("-OutFile", run.Errors[0].Exception.Message);
            Assert.True(new System.IO.FileInfo(file).Length > 0);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    [Fact]
    public async Task A_body_goes_from_a_file_and_to_a_file()
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            await using var peer = ScriptedPeer.Start(static async connection =>
            {
                await connection.ReadHeadAsync();
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
                await connection.SendAsync(await connection.ReadAsync(4));
            });
            await System.IO.File.WriteAllTextAsync(file, "back", TestContext.Current.CancellationToken);

            var response = _session.Run($"Invoke-RawHttp http://{peer.EndPoint}/ -Method PUT -Body ([IO.FileInfo] '{file}') -OutFile '{file}.out'").Only<RawHttpResponse>();

            Assert.Equal(("back", 4L, 0), (await System.IO.File.ReadAllTextAsync(file + ".out", TestContext.Current.CancellationToken), response.BodyLength, response.Body.Length));
        }
        finally
        {
            System.IO.File.Delete(file);
            System.IO.File.Delete(file + ".out");
        }
    }

    [Fact]
    public void The_page_tells_every_finding()
    {
        var page = HelpPage.Of("Invoke-RawHttp").WholeText();

        Assert.All(HttpRules.All, rule => Assert.Contains($"{rule.Id}: {rule.Severity}, {rule.Section}. {rule.Meaning}", page));
    }

    /// <summary>Reads the body before it answers: to close before is to reset, and a reset takes what Windows has received already.</summary>
    private static ScriptedPeer AnsweringBodies() => ScriptedPeer.Start(static async connection =>
    {
        var length = Regex.Match(await connection.ReadHeadAsync(), @"Content-Length: (\d+)").Groups[1].Value;
        if (length.Length > 0)
            await connection.ReadAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
        await connection.SendAsync(Answer);
    });
}
