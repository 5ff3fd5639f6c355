using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class TestTcpPortTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly PowerShellSession _session = new();
    private readonly LoopbackPort _open = LoopbackPort.Open();
    private readonly LoopbackPort _closed = LoopbackPort.Closed();

    public void Dispose()
    {
        _session.Dispose();
        _open.Dispose();
        _closed.Dispose();
    }

    [Fact]
    public void An_open_port_says_why_it_is_open()
    {
        var result = _session.Run($"Test-TcpPort 127.0.0.1 {_open.Number}").Only<TcpPortResult>();

        Assert.Equal(PortState.Open, result.State);
        Assert.Equal(Reason.Connected, result.Reason);
        Assert.Null(result.ErrorName);
        Assert.Equal(0, result.ErrorCode);
        Assert.Equal("127.0.0.1", result.Address);
        Assert.NotNull(result.LatencyMs);
        Assert.Equal(1, result.Attempts);
        Assert.Equal(Environment.MachineName, result.Source);
        Assert.Equal(DateTimeKind.Utc, result.Timestamp.Kind);
    }

    [Fact]
    public void A_closed_port_names_the_error_as_errno_does()
    {
        var result = _session.Run($"Test-TcpPort 127.0.0.1 {_closed.Number}").Only<TcpPortResult>();

        Assert.Equal(PortState.Closed, result.State);
        Assert.Equal(Reason.ConnectionRefused, result.Reason);
        Assert.Equal("ECONNREFUSED", result.ErrorName);
        Assert.Equal(new SocketException((int)SocketError.ConnectionRefused).NativeErrorCode, result.ErrorCode);
        Assert.NotNull(result.LatencyMs);
    }

    [Theory]
    [InlineData("Test-TcpPort 127.0.0.1:{0}")]
    [InlineData("Test-TcpPort http://127.0.0.1:{0}/path")]
    [InlineData("Test-TcpPort 127.0.0.1 {0}-{0}")]
    [InlineData("Test-TcpPort 127.0.0.1 {0}..{0}")]
    [InlineData("Test-TcpPort 127.0.0.1 '{0}'")]
    [InlineData("Test-TcpPort -Cn 127.0.0.1 -Port {0}")]
    [InlineData("Test-TcpPort -HostName 127.0.0.1 -Port {0}")]
    [InlineData("Test-TcpPort -Host 127.0.0.1 -Port {0}")]
    [InlineData("'127.0.0.1' | Test-TcpPort -Port {0}")]
    [InlineData("[ipaddress]'127.0.0.1' | Test-TcpPort -Port {0}")]
    [InlineData("[uri]'http://127.0.0.1:{0}' | Test-TcpPort")]
    [InlineData("[Net.IPEndPoint]::new([ipaddress]::Loopback, {0}) | Test-TcpPort")]
    [InlineData("[pscustomobject]@{{ ComputerName = '127.0.0.1'; Port = {0} }} | Test-TcpPort")]
    [InlineData("[pscustomobject]@{{ Host = '127.0.0.1'; Port = '{0}' }} | Test-TcpPort")]
    [InlineData("[pscustomobject]@{{ IPAddress = [ipaddress]'127.0.0.1'; Port = {0} }} | Test-TcpPort")]
    [InlineData("[pscustomobject]@{{ DNSHostName = '127.0.0.1' }} | Test-TcpPort -Port {0}")]
    [InlineData("$port = {0}; Test-TcpPort 127.0.0.1 $port")]
    [InlineData("Test-TcpPort 127.0.0.1 ([double]{0})")]
    [InlineData("Test-TcpPort 127.0.0.1 {0} | Test-TcpPort")]
    [InlineData("[pscustomobject]@{{ ComputerName = '127.0.0.1:{0}'; Port = '' }} | Test-TcpPort")]
    public void A_host_and_a_port_can_be_written_in_every_usual_way(string script)
    {
        var result = _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _open.Number)).Only<TcpPortResult>();

        Assert.Equal("127.0.0.1", result.ComputerName);
        Assert.Equal(_open.Number, result.Port);
        Assert.Equal(PortState.Open, result.State);
    }

    [Fact]
    public void A_banner_comes_with_its_own_view()
    {
        var script = $"$s = Start-EchoServer; Test-TcpPort 127.0.0.1 $s.Port -Payload 'hello there'";

        var run = _session.Run(script);

        Assert.Equal("hello there", run.Only<TcpPortResult>().Banner);
        Assert.Equal("SocketTools.TcpPortResult#Banner", run.Output[0].TypeNames[0]);
    }

    [Fact]
    public void Probes_leave_from_the_address_that_was_asked_for() =>
        Assert.Equal(PortState.Open, _session.Run($"Test-TcpPort 127.0.0.1 {_open.Number} -SourceAddress 127.0.0.8").Only<TcpPortResult>().State);

    [Theory]
    [InlineData("Test-TcpPort 127.0.0.1 1 -SourceAddress 192.0.2.1", "not an address of this computer")]
    [InlineData("Test-TcpPort 127.0.0.1 1 -SourceAddress nowhere", "not an address to send from")]
    [InlineData("Test-TcpPort 127.0.0.1 1 -Payload @{}", "A hashtable cannot be sent")]
    public void What_cannot_be_sent_or_sent_from_is_refused(string script, string message)
    {
        var run = _session.Run(script);

        Assert.Empty(run.Output);
        Assert.Contains(message, Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("22,http", 22, 80)]
    [InlineData("'22,80-82,http'", 22, 80, 81, 82)]
    [InlineData("22, http, 3389", 22, 80, 3389)]
    [InlineData("(1..3), 'ldap', '5-6'", 1, 2, 3, 5, 6, 389)]
    [InlineData("@(7, 7, '7', 'echo')", 7)]
    public void Ports_mix_numbers_ranges_and_names(string ports, params int[] expected)
    {
        var results = _session.Run($"Test-TcpPort 127.0.0.1 {ports}").All<TcpPortResult>();

        Assert.Equal(expected, results.Select(static r => r.Port).Order());
    }

    [Fact]
    public void An_end_point_keeps_its_own_port_and_the_others_take_the_parameter()
    {
        var results = _session.Run($"Test-TcpPort 127.0.0.1:{_open.Number}, 127.0.0.2 -Port {_closed.Number}").All<TcpPortResult>();

        Assert.Equal(
            [("127.0.0.1", _open.Number), ("127.0.0.2", _closed.Number)],
            results.Select(static r => (r.ComputerName, r.Port)).Order());
    }

    [Fact]
    public void An_object_brings_its_ports_as_an_argument_too_unless_others_are_given()
    {
        var server = $"$server = [pscustomobject]@{{ ComputerName = '127.0.0.1'; Port = {_open.Number} }}";

        Assert.Equal(_open.Number, _session.Run($"{server}; Test-TcpPort $server").Only<TcpPortResult>().Port);
        Assert.Equal(2, _session.Run($"{server}; Test-TcpPort $server, $server").Output.Count);
        Assert.Equal(_closed.Number, _session.Run($"{server}; Test-TcpPort $server {_closed.Number}").Only<TcpPortResult>().Port);
        Assert.Equal(_closed.Number, _session.Run($"{server}; $server | Test-TcpPort -Port {_closed.Number}").Only<TcpPortResult>().Port);
    }

    [Theory]
    [InlineData("$ComputerName -eq 'db1'", true)]
    [InlineData("$ComputerName -eq 'DB1' -and $Port -eq 5432", true)]
    [InlineData("$ComputerName -eq 'db2'", false)]
    public void What_was_bound_compares_with_text_and_numbers(string filter, bool matches) =>
        // As the filter of a mock does.
        Assert.Equal(matches, _session.Run(
            "$ComputerName = [SocketTools.HostSet]::Parse('db1'); $Port = [SocketTools.PortSet]::Parse('5432'); " +
            $"if ({filter}) {{ $true }} else {{ $false }}").Only<bool>());

    [Fact]
    public void Ports_can_be_left_out_and_when_none_is_left_that_is_told()
    {
        Assert.Equal(_open.Number, _session.Run($"Test-TcpPort 127.0.0.1 {_open.Number},22 -ExcludePort 22").Only<TcpPortResult>().Port);
        Assert.Contains("-ExcludePort", Assert.Single(_session.Run("Test-TcpPort 127.0.0.1 22 -ExcludePort 1-100").Errors).Exception.Message);
    }

    // At addresses where no test has a server that a connect of this one would reach.
    [Theory]
    [InlineData("Test-TcpPort 127.8.8.1 -TopPorts 100", 100)]
    [InlineData("'127.8.8.1', '127.8.8.2' | Test-TcpPort -TopPorts 100", 200)]
    [InlineData("[pscustomobject]@{ ComputerName = '127.8.8.1'; Port = 47 } | Test-TcpPort -TopPorts 100", 100)]
    [InlineData("Test-TcpPort 127.8.8.1 -TopPorts 100 -ExcludePort 80,443,47", 98)]
    [InlineData("Test-TcpPort 127.8.8.1, 127.8.8.2:47 -TopPorts 100", 101)]
    [InlineData("Test-TcpPort 127.8.8.1 -TopPorts 1000", 1000)]
    public void The_most_used_ports_are_tested_wherever_a_host_brings_none(string script, int count)
    {
        var results = _session.Run(script).All<TcpPortResult>();

        Assert.Equal(count, results.Length);
        Assert.Equal(count, results.Select(static r => (r.ComputerName, r.Port)).Distinct().Count());
        Assert.Equal(script.Contains(":47"), results.Any(static r => r.Port == 47));
    }

    [Fact]
    public void The_most_used_port_is_tested_first() =>
        Assert.Equal(80, _session.Run("Test-TcpPort 127.0.0.1 -TopPorts 1").Only<TcpPortResult>().Port);

    [Theory]
    [InlineData("Test-TcpPort 127.0.0.1 -TopPorts 0", "ParameterArgumentValidationError")]
    [InlineData("Test-TcpPort 127.0.0.1 -TopPorts 1001", "ParameterArgumentValidationError")]
    [InlineData("Test-TcpPort 127.0.0.1 -Port 80 -TopPorts 10", "AmbiguousParameterSet")]
    [InlineData("Test-TcpPort 127.0.0.1 80 -TopPorts 10", "PositionalParameterNotFound")]
    public void The_most_used_ports_are_so_many_or_none_and_take_the_place_of_others(string script, string errorId)
    {
        var run = _session.Run(script);

        Assert.StartsWith(errorId, Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Hosts_and_ports_are_all_combined()
    {
        var results = _session.Run("Test-TcpPort 127.0.0.0/29, 127.1.0.1-3 1-20").All<TcpPortResult>();

        Assert.Equal(11 * 20, results.Length);
        Assert.Equal(11 * 20, results.Select(static r => (r.ComputerName, r.Port)).Distinct().Count());
    }

    [Fact]
    public void Only_the_states_asked_for_are_reported()
    {
        var results = _session.Run($"Test-TcpPort 127.0.0.1 {_open.Number},{_closed.Number} -State Open").All<TcpPortResult>();

        Assert.Equal(_open.Number, Assert.Single(results).Port);
    }

    [Fact]
    public void Quiet_gives_one_boolean_for_all()
    {
        Assert.True(_session.Run($"Test-TcpPort 127.0.0.1 {_open.Number} -Quiet").Only<bool>());
        Assert.False(_session.Run($"Test-TcpPort 127.0.0.1 {_open.Number},{_closed.Number} -Quiet").Only<bool>());
        Assert.False(_session.Run($"'127.0.0.1', '127.0.0.9' | Test-TcpPort -Port {_open.Number} -Quiet").Only<bool>());
        Assert.True(_session.Run($"Test-TcpPort 127.0.0.1 {_closed.Number} -Quiet -State Closed").Only<bool>());
        Assert.False(_session.Run($"Test-TcpPort 127.0.0.1:{_open.Number}, 127.0.0.2 -Quiet -ErrorAction SilentlyContinue").Output[0].BaseObject is true);
        Assert.False(_session.Run($"@() | Test-TcpPort -Port {_open.Number} -Quiet").Only<bool>());
    }

    [Fact]
    public void A_name_that_does_not_resolve_gives_rows_and_one_warning_and_ends_nothing()
    {
        var run = _session.Run(
            $"$ErrorActionPreference = 'Stop'; Test-TcpPort no-such-host.invalid, 127.0.0.1 {_open.Number},{_closed.Number}; $ErrorActionPreference = 'Continue'");
        var results = run.All<TcpPortResult>();

        Assert.Equal(4, results.Length);
        Assert.All(results.Where(static r => r.ComputerName == "no-such-host.invalid"), static r =>
        {
            Assert.Equal(PortState.Unknown, r.State);
            // A name server that is slow, or away, is told in other words.
            Assert.Matches("^(NameNotResolved|NameServerFailure|ResolutionTimedOut|NetworkUnreachable)", $"{r.Reason}");
            Assert.Matches("^(EAI_|ETIMEDOUT$)", r.ErrorName);
            Assert.Null(r.Address);
            Assert.Null(r.LatencyMs);
            Assert.Equal(0, r.Attempts);
        });
        Assert.Contains("no-such-host.invalid", Assert.Single(run.Warnings));
    }

    [Fact]
    public void A_host_without_a_port_is_an_error_and_the_others_go_on()
    {
        var run = _session.Run($"'127.0.0.1', '127.0.0.1:{_open.Number}' | Test-TcpPort");

        Assert.Equal("PortMissing,SocketTools.Commands.TestTcpPortCommand", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Single(run.Output);
    }

    [Theory]
    [InlineData("Test-TcpPort 127.0.0.1 0", "1 to 65535")]
    [InlineData("Test-TcpPort 127.0.0.1 65536", "1 to 65535")]
    [InlineData("Test-TcpPort 127.0.0.1 -Port -1", "1 to 65535")]
    [InlineData("Test-TcpPort 127.0.0.1 100-1", "1-100")]
    [InlineData("Test-TcpPort 127.0.0.1 80.5", "service names")]
    [InlineData("Test-TcpPort 127.0.0.1 nosuchservice", "service names")]
    [InlineData("Test-TcpPort 127.0.0.1 '80,,443'", "blank")]
    [InlineData("Test-TcpPort 127.0.0.0/33 80", "0 to 32")]
    [InlineData("Test-TcpPort 127.0.0.9-1 80", "lower address")]
    [InlineData("Test-TcpPort '' 80", "blank")]
    [InlineData("Test-TcpPort 'a b' 80", "cannot hold")]
    [InlineData("Test-TcpPort C:\\hosts.txt 80", "not a")]
    [InlineData("Test-TcpPort /etc/hosts 80", "cannot hold")]
    [InlineData("Test-TcpPort '127.1' 80", "four decimal parts")]
    [InlineData("Test-TcpPort 127.1 80", "'127.1' is not a host")]
    [InlineData("Test-TcpPort 2130706433 80", "-AllowLegacyIPv4")]
    [InlineData("Test-TcpPort 0x7f.0.0.1 80", "four decimal parts")]
    [InlineData("Test-TcpPort http:// 80", "URL")]
    [InlineData("Test-TcpPort fe80::1%nosuch 80", "no such network interface")]
    [InlineData("Test-TcpPort $neverSet 80", "Null is not a host")]
    [InlineData("[pscustomobject]@{ Server = 'a' } | Test-TcpPort -Port 80", "ComputerName")]
    [InlineData("@{ ComputerName = 'a' } | Test-TcpPort -Port 80", "hashtable")]
    public void Bad_arguments_fail_at_binding_and_say_what_would_be_accepted(string script, string says)
    {
        var run = _session.Run(script);

        var error = Assert.Single(run.Errors);
        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
        Assert.Contains(says, error.Exception.Message);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_bad_object_in_the_pipeline_costs_only_itself()
    {
        var run = _session.Run($"[pscustomobject]@{{ Server = 'a' }}, '127.0.0.1', 'a b', '127.0.0.2' | Test-TcpPort -Port {_closed.Number}");

        Assert.Equal(2, run.Errors.Count);
        Assert.Equal(2, run.Output.Count);
    }

    [Fact]
    public void Every_address_of_a_name_is_tried()
    {
        using var v6 = LoopbackPort.Open(IPAddress.IPv6Loopback);

        var result = _session.Run($"Test-TcpPort ::1 {v6.Number}").Only<TcpPortResult>();

        Assert.Equal(PortState.Open, result.State);
        Assert.Equal("::1", result.Address);
    }

    [Fact]
    public void IPv4_and_IPv6_leave_the_other_family_out()
    {
        var result = _session.Run("Test-TcpPort 127.0.0.1 80 -IPv6 -WarningAction SilentlyContinue").Only<TcpPortResult>();

        Assert.Equal(PortState.Unknown, result.State);
        Assert.Equal(Reason.NoAddress, result.Reason);
    }

    [Fact]
    public void Verbose_tells_how_it_probes() =>
        Assert.Contains(_session.Run($"Test-TcpPort 127.0.0.1 {_open.Number} -Verbose").Verbose, static v => v.StartsWith("Probing with ", StringComparison.Ordinal));

    // The fastest of some: other processes on the machine may take the processor away from most of them.
    [Fact]
    public async Task Ctrl_C_in_mid_scan_ends_it_at_once_and_leaves_no_socket()
    {
        using var silent = new SilentPort();
        var before = silent.Asked;
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 20 && fastest > Soon; i++)
        {
            using var shell = _session.Prepare($"@('127.0.0.1') * 1000 | Test-TcpPort -Port {silent.Number} -TimeoutMilliseconds 60000");
            var running = shell.BeginInvoke();
            await WaitAsync(() => silent.Asked >= before + 200);

            var clock = Stopwatch.StartNew();
            shell.Stop();
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;

            Assert.Equal(before, silent.Asked);
            Assert.Throws<System.Management.Automation.PipelineStoppedException>(() => shell.EndInvoke(running));
        }
        Assert.InRange(fastest, TimeSpan.Zero, Soon);
    }

    [Fact]
    public void Service_names_complete_after_Port()
    {
        var completion = System.Management.Automation.CommandCompletion.CompleteInput(
            "Test-TcpPort db -Port htt", 25, null, _session.Prepare(""));

        Assert.Equal("http", completion.CompletionMatches[0].CompletionText);
        Assert.StartsWith("80 Tcp", completion.CompletionMatches[0].ToolTip);
        Assert.Contains(completion.CompletionMatches, static m => m.CompletionText == "https");
    }

    [Theory]
    [InlineData("Test-TcpPort localh")]
    [InlineData("Find-OpenPort -ComputerName localh")]
    [InlineData("Measure-TcpLatency 127.0.0.1, localh")]
    [InlineData("Resolve-HostInfo localh")]
    [InlineData("Connect-Socket localh")]
    public void Names_of_the_hosts_file_complete_where_a_host_is_asked_for(string line)
    {
        var completion = System.Management.Automation.CommandCompletion.CompleteInput(line, line.Length, null, _session.Prepare(""));

        var match = Assert.Single(completion.CompletionMatches, static m => m.CompletionText == "localhost");
        Assert.Contains("127.0.0.1", match.ToolTip);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(10, hang.Token);
    }
}
