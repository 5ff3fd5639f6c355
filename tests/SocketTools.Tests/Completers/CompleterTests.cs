using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using SocketTools.Completers;

namespace SocketTools.Tests;

/// <summary>What Tab offers after the parameters, and how fast. Others would change the lists of servers and connections.</summary>
[Collection(nameof(Alone))]
public sealed class CompleterTests : IDisposable
{
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(50);

    private static readonly Type[] Completed =
        [typeof(HostSet), typeof(HostTarget), typeof(PortSet), typeof(IPAddress), typeof(SocketConnection), typeof(SocketServer), typeof(System.Text.Encoding)];

    private readonly PowerShellSession _session = new();

    public static TheoryData<string> Lines { get; } = new(
        "Test-TcpPort local", "Test-TcpPort db -Port htt", "Resolve-DnsRecord local", "Resolve-DnsRecord a -Server ", "Send-SocketData -ComputerName local",
        "Invoke-RawHttp http://a -ConnectTo local", "Invoke-RawHttp http://a -ServerName local", "Invoke-RawHttp http://a -Method ",
        "Start-SocketServer -ForwardTo local", "Start-EchoServer -Address ", "Get-TlsInfo local", "Get-TlsInfo db -Port ", "Get-ServiceByName ",
        "Get-ServiceByPort ", "Get-ProtocolByName ", "Test-UdpPort db -Probe ", "Test-TcpPort db -SourceAddress ", "Test-TcpPort db -State ",
        "Resolve-DnsRecord a -Type ", "Invoke-SocketRequest db 7 hi -Encoding ");

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public void Tab_answers_at_once(string line)
    {
        var fastest = TimeSpan.MaxValue;
        // Others may use the machine at the time: they can make it slower, never faster.
        for (var i = 0; i < 100 && fastest > Promised; i++)
        {
            var clock = Stopwatch.StartNew();
            Assert.NotEmpty(Complete(line));
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;
        }
        Assert.InRange(fastest, TimeSpan.Zero, Promised);
    }

    [Fact]
    public void Whatever_takes_a_host_a_port_a_server_or_a_connection_has_a_completer()
    {
        var without =
            from command in typeof(PortCompleter).Assembly.GetTypes()
            where command.GetCustomAttribute<CmdletAttribute>() is not null
            from property in command.GetProperties()
            where property.GetCustomAttributes<ParameterAttribute>().Any()
            let type = property.PropertyType.GetElementType() ?? property.PropertyType
            where Completed.Contains(type) && property.Name != "MulticastGroup"
            where property.GetCustomAttribute<ArgumentCompleterAttribute>() is null
            select $"{command.Name}.{property.Name}";

        Assert.Empty(without);
    }

    [Fact]
    public void A_port_is_completed_by_a_service_with_its_number_as_tip()
    {
        var found = Complete("Test-TcpPort db -Port postgres");

        Assert.Equal("postgresql", found[0].CompletionText);
        Assert.StartsWith("5432 Tcp", found[0].ToolTip);
    }

    [Fact]
    public void A_server_is_completed_by_its_port_and_the_expression_that_gives_it()
    {
        var port = _session.Run("Start-EchoServer").Only<SocketServer>().Port;

        var found = Assert.Single(Complete("Stop-SocketServer -Server "), c => c.ListItemText == $"{port}");
        Assert.Equal($"(Get-SocketServer {port})", found.CompletionText);
        Assert.Equal($"127.0.0.1:{port} Echo (Running)", found.ToolTip);
        Assert.Contains(Complete("Stop-SocketServer -Port "), c => c.CompletionText == $"{port}");
        Assert.Same(
            _session.Run($"Get-SocketServer {port}").Only<SocketServer>(),
            _session.Run(found.CompletionText).Only<SocketServer>());
        Assert.Empty(_session.Run($"Stop-SocketServer -Server {found.CompletionText}").Errors);
        Assert.DoesNotContain(Complete("Stop-SocketServer -Port "), c => c.CompletionText == $"{port}");
    }

    [Fact]
    public void A_connection_is_completed_by_its_number_and_the_expression_that_gives_it()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var id = _session.Run($"Connect-Socket 127.0.0.1 {port}").Only<SocketConnection>().Id;

        foreach (var line in new[] { "Send-SocketData -Connection ", "Receive-SocketData -Connection ", "Disconnect-Socket ", "Invoke-SocketRequest -Connection " })
        {
            var found = Assert.Single(Complete(line), c => c.ListItemText == $"{id}");
            Assert.Equal($"(Get-SocketConnection {id})", found.CompletionText);
            Assert.Contains($"127.0.0.1:{port}", found.ToolTip);
        }
        Assert.Contains(Complete("Get-SocketConnection "), c => c.CompletionText == $"{id}");
        Assert.Empty(_session.Run($"Disconnect-Socket (Get-SocketConnection {id})").Errors);
        listener.Stop();
    }

    [Theory]
    [InlineData("Test-TcpPort db -Port 'postgres", "'postgresql'")]
    [InlineData("Test-TcpPort db -Port \"postgres", "\"postgresql\"")]
    [InlineData("Test-TcpPort db -Port ssh, postgres", "postgresql")]
    [InlineData("Test-TcpPort 'localh", "'localhost'")]
    [InlineData("Test-TcpPort 127.0.0.1, localh", "localhost")]
    public void What_was_begun_in_quotation_marks_ends_in_them(string line, string expected) =>
        Assert.Contains(expected, Complete(line).Select(static c => c.CompletionText));

    [Theory]
    [InlineData("", "plain", "plain")]
    [InlineData("", "two words", "'two words'")]
    [InlineData("", "it's", "'it''s'")]
    [InlineData("", "$home", "'$home'")]
    [InlineData("", "a;b", "'a;b'")]
    [InlineData("", "-x", "'-x'")]
    [InlineData("\"", "a$b`c\"d", "\"a`$b``c`\"d\"")]
    [InlineData("'", "it's", "'it''s'")]
    public void A_word_is_quoted_when_it_has_to_be(string typed, string word, string expected) =>
        Assert.Equal(expected, Assert.Single(new OneWord(word).CompleteArgument("", "", typed, null!, null!)).CompletionText);

    [Fact]
    public void Every_service_name_that_is_offered_arrives_as_it_is()
    {
        var offered = new PortCompleter().CompleteArgument("", "", "", null!, null!).Select(static c => c.CompletionText).ToArray();
        var arrived = _session.Run($"function Get-Arguments {{ foreach ($argument in $args) {{ \"$argument\" }} }}; Get-Arguments {string.Join(' ', offered)}");

        Assert.Empty(arrived.Errors);
        Assert.Equal(offered.Select(static word => word.Trim('\'').Replace("''", "'")), arrived.Output.Select(static o => o.ToString()));
    }

    private IList<CompletionResult> Complete(string line)
    {
        using var shell = _session.Prepare("");
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }

    private sealed class OneWord(string word) : WordCompleter
    {
        private protected override IEnumerable<Candidate> Words => [new Candidate(word)];
    }
}
