using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Help.Tests;

namespace SocketTools.Tests;

public sealed class MeasureTcpLatencyTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

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
    public void The_figures_of_a_port_are_one_object()
    {
        var statistics = _session.Run($"Measure-TcpLatency 127.0.0.1 {_open.Number} -IntervalMilliseconds 5").Only<LatencyStatistics>();

        Assert.Equal((4, 4, 0.0), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.Equal(("127.0.0.1", "127.0.0.1", _open.Number), (statistics.ComputerName, statistics.Address, statistics.Port));
        Assert.Equal((PortState.Open, Reason.Connected), (statistics.State, statistics.Reason));
        Assert.Equal(4, statistics.Sparkline.Length);
        Assert.Equal(Environment.MachineName, statistics.Source);
        Assert.Equal(DateTimeKind.Utc, statistics.StartTime.Kind);
        Assert.InRange(statistics.StartTime, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
    }

    [Fact]
    public void Detailed_gives_the_samples_and_nothing_else()
    {
        var samples = _session.Run($"Measure-TcpLatency 127.0.0.1 {_closed.Number} -Count 3 -IntervalMilliseconds 5 -Detailed").All<LatencySample>();

        Assert.Equal([1, 2, 3], samples.Select(static s => s.Sequence));
        Assert.All(samples, static s => Assert.Equal((PortState.Closed, Reason.ConnectionRefused, "ECONNREFUSED"), (s.State, s.Reason, s.ErrorName)));
        Assert.All(samples, static s => Assert.True(s.LatencyMs > 0));
        Assert.Equal(samples.Select(static s => s.Timestamp).Order(), samples.Select(static s => s.Timestamp));
    }

    [Fact]
    public void Every_host_and_port_has_its_own_figures()
    {
        var statistics = _session.Run(
            $"'127.0.0.1', '127.0.0.2' | Measure-TcpLatency -Port {_open.Number},{_closed.Number} -Count 2 -IntervalMilliseconds 5").All<LatencyStatistics>();

        Assert.Equal(4, statistics.Select(static s => (s.ComputerName, s.Port)).Distinct().Count());
        Assert.All(statistics, static s => Assert.Equal(2, s.Received));
    }

    [Theory]
    [InlineData("Measure-TcpLatency 127.0.0.1:{0} -Count 1")]
    [InlineData("[pscustomobject]@{{ ComputerName = '127.0.0.1'; Port = {0} }} | Measure-TcpLatency -Count 1")]
    [InlineData("Test-TcpPort 127.0.0.1 {0} | Measure-TcpLatency -Count 1")]
    [InlineData("Measure-TcpLatency 127.0.0.1 {0} -Count 1 | Measure-TcpLatency -Count 1")]
    [InlineData("Measure-TcpLatency 127.0.0.1 {0} -DurationSeconds 0.01 -TimeoutMs 5000 -IntervalMs 10")]
    public void A_target_can_be_written_in_every_usual_way(string script) =>
        Assert.Equal((_open.Number, 1), _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _open.Number))
            .Only<LatencyStatistics>() is var s ? (s.Port, s.Received) : default);

    [Fact]
    public void A_silent_port_is_lost_and_has_no_latency()
    {
        using var silent = new SilentPort();

        var statistics = _session.Run(
            $"Measure-TcpLatency 127.0.0.1 {silent.Number} -Count 2 -IntervalMilliseconds 5 -TimeoutMilliseconds 50").Only<LatencyStatistics>();

        Assert.Equal((2, 0, 100.0), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.Null(statistics.MinMs);
        Assert.Equal([null, null], statistics.Samples);
    }

    [Fact]
    public void A_name_that_does_not_resolve_gives_rows_and_one_warning()
    {
        var run = _session.Run("$ErrorActionPreference = 'Stop'; Measure-TcpLatency no-such-host.invalid 80,443; Measure-TcpLatency no-such-host.invalid 80 -Detailed");

        Assert.Empty(run.Errors);
        Assert.Equal(2, run.Warnings.Count);
        Assert.Equal(3, run.Output.Count);
        Assert.All(run.Output.Take(2), static row =>
            Assert.Equal((PortState.Unknown, 0), row.BaseObject is LatencyStatistics s ? (s.State, s.Sent) : default));
        Assert.Equal(PortState.Unknown, Assert.IsType<LatencySample>(run.Output[2].BaseObject).State);
    }

    [Fact]
    public void A_host_without_a_port_is_an_error_and_the_others_go_on()
    {
        var run = _session.Run($"'127.0.0.1', '127.0.0.1:{_open.Number}' | Measure-TcpLatency -Count 1");

        Assert.Equal("PortMissing,SocketTools.Commands.MeasureTcpLatencyCommand", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Single(run.Output);
    }

    [Theory]
    [InlineData("-Count 0")]
    [InlineData("-DurationSeconds 0")]
    [InlineData("-DurationSeconds -1")]
    [InlineData("-DurationSeconds ([double]::NaN)")]
    [InlineData("-IntervalMilliseconds 0")]
    [InlineData("-TimeoutMilliseconds 0")]
    [InlineData("-Count 1 -DurationSeconds 1")]
    public void Bad_arguments_fail_at_binding(string arguments)
    {
        var run = _session.Run($"Measure-TcpLatency 127.0.0.1 {_open.Number} {arguments}");

        Assert.Matches("^(ParameterArgumentValidationError|AmbiguousParameterSet),", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Detailed")]
    public async Task Ctrl_C_shows_what_has_been_measured(string more)
    {
        var host = new TextHost(120);
        using var session = new PowerShellSession(host);
        using var shell = session.Prepare($"Measure-TcpLatency 127.0.0.1 {_open.Number} -Count 100000 -IntervalMilliseconds 5 {more}");
        // Samples are seen as they come; without -Detailed, the progress tells of them after a second.
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, _) => seen.TrySetResult();
        shell.Streams.Progress.DataAdded += (_, _) => seen.TrySetResult();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await seen.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        var lines = host.Text.Split('\n');
        Assert.Contains($"127.0.0.1:{_open.Number} Open", lines);
        Assert.Contains(lines, static line => line.EndsWith(" received, 0 % lost", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("min ", StringComparison.Ordinal) && line.EndsWith(" ms", StringComparison.Ordinal));
    }

    [Fact]
    public void An_early_end_is_no_Ctrl_C()
    {
        var host = new TextHost(120);
        using var session = new PowerShellSession(host);

        var run = session.Run(
            $"foreach ($once in 1) {{ Measure-TcpLatency 127.0.0.1 {_open.Number} -Count 1000 -IntervalMilliseconds 5 -Detailed | ForEach-Object {{ break }} }}");

        Assert.Empty(run.Errors);
        Assert.Equal("", host.Text);
    }
}
