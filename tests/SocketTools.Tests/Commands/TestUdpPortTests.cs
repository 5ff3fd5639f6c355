using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class TestUdpPortTests : IDisposable
{
    private readonly PowerShellSession _session = new();
    private readonly UdpPeer _peer = UdpPeer.Start(IPAddress.Loopback);

    private int Port => _peer.EndPoint.Port;

    public void Dispose()
    {
        _session.Dispose();
        _peer.Dispose();
    }

    [Fact]
    public async Task An_open_port_says_what_it_was_asked_and_what_it_answered()
    {
        var answering = _peer.AnswerAsync(static _ => [0x68, 0x69, 0x00, 0xff]);

        var result = _session.Run($"Test-UdpPort 127.0.0.1 {Port}").Only<UdpPortResult>();

        Assert.Empty(await answering);
        Assert.Equal((PortState.Open, Reason.Replied), (result.State, result.Reason));
        Assert.Equal((null, 0), (result.ErrorName, result.ErrorCode));
        Assert.Equal("Empty", result.Probe);
        Assert.Equal(@"hi\x00\xff", result.Reply);
        Assert.Equal([0x68, 0x69, 0x00, 0xff], result.ReplyBytes);
        Assert.Equal("127.0.0.1", result.Address);
        Assert.NotNull(result.LatencyMs);
        Assert.Equal(1, result.Attempts);
        Assert.Equal(Environment.MachineName, result.Source);
        Assert.Equal(DateTimeKind.Utc, result.Timestamp.Kind);
        Assert.Matches($@"^127\.0\.0\.1:{Port}/udp Open \(Replied, [\d.]+ ms\)$", result.ToString());
    }

    [Fact]
    public void A_closed_port_is_told_from_a_silent_one()
    {
        int closed;
        using (var gone = UdpPeer.Start(IPAddress.Loopback))
            closed = gone.EndPoint.Port;

        var results = _session.Run($"Test-UdpPort 127.0.0.1 {closed},{Port} -TimeoutMilliseconds 300 -RetryCount 2").All<UdpPortResult>().ToDictionary(static r => r.Port);

        Assert.Equal((PortState.Closed, Reason.PortUnreachable), (results[closed].State, results[closed].Reason));
        Assert.Equal("ECONNREFUSED", results[closed].ErrorName);
        Assert.Equal((PortState.OpenOrFiltered, Reason.TimedOut), (results[Port].State, results[Port].Reason));
        Assert.Equal("ETIMEDOUT", results[Port].ErrorName);
        Assert.InRange(results[Port].Attempts, 1, 3); // fewer where this machine is too busy to send again in time
        Assert.Null(results[Port].LatencyMs);
        Assert.Null(results[Port].Reply);
    }

    [Theory]
    [InlineData("-Payload 'hello'", "Custom", "68656C6C6F")]
    [InlineData("-Payload 1, 2, 255", "Custom", "0102FF")]
    [InlineData("-Payload ([byte[]] (7, 8))", "Custom", "0708")]
    [InlineData("-Payload ''", "Custom", "")]
    [InlineData("-Probe sqlbrowser", "SQLBrowser", "03")]
    [InlineData("", "Empty", "")]
    public async Task A_port_is_sent_what_was_asked_for(string words, string probe, string expected)
    {
        var answering = _peer.AnswerAsync(static _ => [1]);

        var result = _session.Run($"Test-UdpPort 127.0.0.1 {Port} {words}").Only<UdpPortResult>();

        Assert.Equal(expected, Convert.ToHexString(await answering));
        Assert.Equal(probe, result.Probe);
    }

    [Fact]
    public void A_well_known_port_is_asked_in_its_protocol() =>
        Assert.Equal(
            ["DNS", "NTP"], _session.Run("Test-UdpPort 127.0.0.1 53,123 -TimeoutMilliseconds 100").All<UdpPortResult>().Select(static r => r.Probe).Order());

    [Theory]
    [InlineData("-Quiet", false)]
    [InlineData("-Quiet -State Open,OpenOrFiltered", true)]
    public void Silence_is_not_open(string words, bool expected) =>
        Assert.Equal(expected, _session.Run($"Test-UdpPort 127.0.0.1 {Port} -TimeoutMilliseconds 100 {words}").Only<bool>());

    [Fact]
    public async Task An_answer_makes_quiet_true()
    {
        var answering = _peer.AnswerAsync(static _ => []);

        Assert.True(_session.Run($"Test-UdpPort 127.0.0.1:{Port} -Quiet").Only<bool>());
        await answering;
    }

    [Fact]
    public void A_host_without_such_an_address_is_unknown()
    {
        var result = _session.Run("Test-UdpPort 127.0.0.1 53 -IPv6 -WarningAction SilentlyContinue").Only<UdpPortResult>();

        Assert.Equal(PortState.Unknown, result.State);
        Assert.Equal(0, result.Attempts);
        Assert.Null(result.Address);
    }

    [Theory]
    [InlineData("-Probe nothing", "is not a probe: give one of BACnet")]
    [InlineData("-Payload @{}", "A hashtable cannot be sent")]
    [InlineData("-Probe DNS -Payload x", "Parameter set cannot be resolved")]
    [InlineData("-SourceAddress 192.0.2.1", "not an address of this computer")]
    public void What_makes_no_sense_is_refused(string words, string message)
    {
        var run = _session.Run($"Test-UdpPort 127.0.0.1 {Port} {words}");

        Assert.Empty(run.Output);
        Assert.Contains(message, Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _peer.Waiting);
    }
}
