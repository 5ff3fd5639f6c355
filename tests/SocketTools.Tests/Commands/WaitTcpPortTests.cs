using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class WaitTcpPortTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);
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
    public void An_open_port_is_a_result_at_once()
    {
        var result = _session.Run($"Wait-TcpPort 127.0.0.1 {_open.Number}").Only<TcpPortResult>();

        Assert.Equal(("127.0.0.1", _open.Number, PortState.Open, Reason.Connected), (result.ComputerName, result.Port, result.State, result.Reason));
    }

    [Fact]
    public async Task A_port_that_opens_later_is_waited_for()
    {
        using var shell = _session.Prepare($"Wait-TcpPort 127.0.0.1 {_closed.Number} -Verbose");
        shell.Streams.Verbose.DataAdded += (_, added) =>
        {
            if (shell.Streams.Verbose[added.Index].Message.Contains("Closed", StringComparison.Ordinal))
                _closed.Listen();
        };

        var output = await shell.InvokeAsync().WaitAsync(Hang, TestContext.Current.CancellationToken);

        Assert.Equal(PortState.Open, Assert.IsType<TcpPortResult>(Assert.Single(output).BaseObject).State);
        Assert.Empty(shell.Streams.Error);
    }

    [Fact]
    public void What_comes_through_the_pipeline_is_waited_for_together()
    {
        var results = _session.Run($"'127.0.0.1:{_closed.Number}', '127.0.0.2:{_closed.Number}' | Wait-TcpPort -State Closed").All<TcpPortResult>();

        Assert.Equal(["127.0.0.1", "127.0.0.2"], results.Select(static r => r.ComputerName).Order());
    }

    [Fact]
    public void What_was_not_there_in_time_is_an_error_each_with_its_last_state()
    {
        var run = _session.Run($"Wait-TcpPort 127.0.0.1 {_closed.Number},{_open.Number} -TimeoutSeconds 1.5; Wait-TcpPort no-such-host.invalid 80 -Timeout 15");

        Assert.Equal(_open.Number, Assert.IsType<TcpPortResult>(Assert.Single(run.Output).BaseObject).Port);
        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, static error =>
        {
            Assert.Equal("TimedOut,SocketTools.Commands.WaitTcpPortCommand", error.FullyQualifiedErrorId);
            Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
            Assert.IsType<SocketTimeoutException>(error.Exception);
        });
        Assert.Equal($"127.0.0.1:{_closed.Number}", run.Errors[0].TargetObject);
        Assert.Contains("was not Open within 1.5 s: it was last Closed (ConnectionRefused, ECONNREFUSED). The host is up", run.Errors[0].Exception.Message);
        // A name server that is slow, or away, is told in other words.
        Assert.Matches(@"it was last Unknown \((NameNotResolved|NameServerFailure|ResolutionTimedOut|NetworkUnreachable)", run.Errors[1].Exception.Message);
        Assert.Equal(PortState.Closed, Assert.IsType<TcpPortResult>(((SocketTimeoutException)run.Errors[0].Exception).PartialResult).State);
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void ErrorAction_Stop_stops_and_the_results_have_been_written()
    {
        var run = _session.Run($"try {{ Wait-TcpPort 127.0.0.1 {_open.Number},{_closed.Number} -TimeoutSeconds 1.5 -ErrorAction Stop; 'went on' }} catch {{ 'stopped' }}");

        Assert.Equal(2, run.Output.Count);
        Assert.IsType<TcpPortResult>(run.Output[0].BaseObject);
        Assert.Equal("stopped", run.Output[1].BaseObject);
    }

    [Fact]
    public void Quiet_gives_one_boolean_and_no_error()
    {
        Assert.True(_session.Run($"Wait-TcpPort 127.0.0.1, 127.0.0.1 {_open.Number} -Quiet").Only<bool>());
        Assert.False(_session.Run($"Wait-TcpPort 127.0.0.1 {_open.Number},{_closed.Number} -Quiet -TimeoutSeconds 0.2").Only<bool>());
        Assert.True(_session.Run($"Wait-TcpPort 127.0.0.1 {_open.Number},{_closed.Number} -Quiet -Any").Only<bool>());
        Assert.False(_session.Run($"@() | Wait-TcpPort -Port {_open.Number} -Quiet").Only<bool>());
    }

    [Fact]
    public void Any_gives_the_first_and_no_error()
    {
        var result = _session.Run($"Wait-TcpPort 127.0.0.1 {_closed.Number},{_open.Number} -Any").Only<TcpPortResult>();

        Assert.Equal(_open.Number, result.Port);
    }

    [Fact]
    public void Any_that_finds_none_has_an_error_for_each()
    {
        var run = _session.Run($"Wait-TcpPort 127.0.0.1, 127.0.0.2 {_closed.Number} -Any -TimeoutSeconds 0.5");

        Assert.Equal(2, run.Errors.Count);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Not_open_is_closed_or_filtered()
    {
        using var silent = new SilentPort();

        var results = _session.Run(
            $"Wait-TcpPort 127.0.0.1 {_closed.Number},{silent.Number} -State Closed,Filtered -TimeoutMilliseconds 200").All<TcpPortResult>();

        Assert.Equal([PortState.Closed, PortState.Filtered], results.Select(static r => r.State).Order());
    }

    [Fact]
    public void The_address_to_send_from_can_be_chosen()
    {
        Assert.True(_session.Run($"Wait-TcpPort 127.0.0.1 {_open.Number} -SourceAddress 127.0.0.1 -RetryCount 0 -MaximumRate 100 -Quiet").Only<bool>());
        Assert.Single(_session.Run($"Wait-TcpPort 127.0.0.1 {_open.Number} -SourceAddress 192.0.2.1").Errors);
    }

    [Fact]
    public void A_host_without_a_port_is_an_error_and_cannot_be_true()
    {
        var run = _session.Run($"'127.0.0.1', '127.0.0.1:{_open.Number}' | Wait-TcpPort");
        Assert.Equal("PortMissing,SocketTools.Commands.WaitTcpPortCommand", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Single(run.Output);

        var quiet = _session.Run($"'127.0.0.1', '127.0.0.1:{_open.Number}' | Wait-TcpPort -Quiet");
        Assert.Single(quiet.Errors);
        Assert.False(Assert.IsType<bool>(Assert.Single(quiet.Output).BaseObject));
    }

    [Theory]
    [InlineData("-State Unknown")]
    [InlineData("-State OpenOrFiltered")]
    [InlineData("-State @()")]
    [InlineData("-TimeoutSeconds 0")]
    [InlineData("-TimeoutSeconds -1")]
    [InlineData("-TimeoutSeconds ([double]::PositiveInfinity)")]
    [InlineData("-TimeoutMilliseconds 0")]
    [InlineData("-IntervalMilliseconds 0")]
    [InlineData("-StableCount 0")]
    public void Bad_arguments_fail_at_binding(string arguments)
    {
        var run = _session.Run($"Wait-TcpPort 127.0.0.1 {_open.Number} {arguments}");

        Assert.StartsWith("ParameterArgument", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Progress_tells_what_is_missing_and_goes_away()
    {
        using var shell = _session.Prepare($"Wait-TcpPort 127.0.0.1 {_closed.Number}");
        ProgressRecord? seen = null;
        shell.Streams.Progress.DataAdded += (_, added) =>
        {
            if (seen is not null || !shell.Streams.Progress[added.Index].StatusDescription.Contains("Closed", StringComparison.Ordinal))
                return;
            seen = shell.Streams.Progress[added.Index];
            _closed.Listen();
        };

        await shell.InvokeAsync().WaitAsync(Hang, TestContext.Current.CancellationToken);

        Assert.Equal($"Waiting for 127.0.0.1:{_closed.Number} Closed", seen!.StatusDescription);
        Assert.InRange(seen.PercentComplete, 1, 100);
        Assert.Equal(ProgressRecordType.Completed, shell.Streams.Progress[^1].RecordType);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_at_once()
    {
        var fastest = TimeSpan.MaxValue;
        // The fastest of some: other processes on the machine may take the processor away from most of them.
        for (var i = 0; i < 20 && fastest > Soon; i++)
        {
            using var shell = _session.Prepare($"Wait-TcpPort 127.0.0.1 {_closed.Number} -Verbose");
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            shell.Streams.Verbose.DataAdded += (_, _) => asked.TrySetResult();
            var running = shell.BeginInvoke();
            await asked.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);
            var clock = Stopwatch.StartNew();
            shell.Stop();
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;
            Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        }

        Assert.InRange(fastest, TimeSpan.Zero, Soon);
    }
}
