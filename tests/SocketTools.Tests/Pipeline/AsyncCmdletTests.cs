using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Pipeline;

namespace SocketTools.Tests;

public sealed class AsyncCmdletTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Everything_that_is_handed_over_is_written_once()
    {
        var numbers = _session.Run("Test-Producers -Run all -Count 25000 -Producers 4").All<int>();

        Assert.Equal(Enumerable.Range(0, 100_000), numbers.Order());
    }

    [Fact]
    public async Task Ctrl_C_ends_the_pipeline_with_work_in_flight()
    {
        var fastest = await FastestStopAsync(static run => $"Test-Stall -Run {run}", static log => Assert.Equal(100, log.Cancelled));

        Assert.InRange(fastest, TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task Ctrl_C_ends_producers_that_wait_for_a_slow_consumer()
    {
        var fastest = await FastestStopAsync(
            static run => $"Test-Producers -Run {run} -Count 1000000 | ForEach-Object {{ [System.Threading.Thread]::Sleep(20) }}",
            static log => Assert.Equal(4, log.Cancelled));

        Assert.InRange(fastest, TimeSpan.Zero, Soon);
    }

    [Fact]
    public void A_consumer_that_takes_two_records_ends_the_producers()
    {
        var result = _session.Run(
            "$taken = foreach ($once in 1) { Test-Producers -Run two -Count 1000000 | ForEach-Object { $_; if (++$n -eq 2) { break } } }; $taken");

        Assert.Equal(2, result.All<int>().Length);
        Assert.Equal(4, WorkLog.Of("two").Cancelled);
    }

    [Fact]
    public void ErrorAction_Stop_ends_work_that_is_in_flight()
    {
        var result = _session.Run("Test-Stall -Run stop -Tasks 10 -FailFirst -ErrorAction Stop");

        Assert.Equal("Failed", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(10, WorkLog.Of("stop").Cancelled);
    }

    [Fact]
    public void Producers_wait_for_a_slow_consumer()
    {
        var log = WorkLog.Of("slow");
        var ahead = _session.Run(
            "Test-Producers -Run slow -Count 5000 -Producers 4 | ForEach-Object { $seen++; [SocketTools.Tests.WorkLog]::Of('slow').HandedOver - $seen }").All<int>();

        Assert.Equal(20_000, ahead.Length);
        Assert.InRange(ahead.Max(), 0, 2 * (PipelineQueue.Capacity + 8));
    }

    [Fact]
    public async Task Many_sessions_run_at_once()
    {
        var sessions = Enumerable.Range(0, 8).Select(_ => new PowerShellSession()).ToArray();
        try
        {
            var results = await Task.WhenAll(sessions.Select(static (session, i) =>
                Task.Run(() => session.Run($"Test-Producers -Run many{i} -Count 5000 -Producers 2").All<int>())));
            Assert.All(results, static numbers => Assert.Equal(Enumerable.Range(0, 10_000), numbers.Order()));
        }
        finally
        {
            Array.ForEach(sessions, static session => session.Dispose());
        }
    }

    [Fact]
    public void Only_the_newest_progress_is_shown()
    {
        var progress = _session.Run("Test-Progress -Count 1000").Progress;

        Assert.Equal("step 999", Assert.Single(progress, static p => p.Activity == "work").StatusDescription);
    }

    [Fact]
    public void An_exception_that_nobody_expects_is_not_swallowed()
    {
        var error = Assert.Single(_session.Run("Test-Progress -Count 0 -Throw").Errors);

        Assert.Equal("a bug", error.Exception.Message);
    }

    // The fastest of some: other processes on the machine may take the processor away from most of them.
    private async Task<TimeSpan> FastestStopAsync(Func<string, string> script, Action<WorkLog> check)
    {
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 20 && fastest > Soon; i++)
        {
            var run = Guid.NewGuid().ToString("N");
            using var shell = _session.Prepare(script(run));
            var running = shell.BeginInvoke();
            await WorkLog.Of(run).Started.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);
            var clock = Stopwatch.StartNew();
            shell.Stop();
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;
            Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
            check(WorkLog.Of(run));
        }
        return fastest;
    }
}
