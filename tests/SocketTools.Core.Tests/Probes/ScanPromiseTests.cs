using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What the scan promises where it is hard to keep: with few descriptors, with few local ports, over a link that
/// loses packets, again and again; in processes and networks of their own. The long ones run only when they are asked for.</summary>
[Collection(nameof(Alone))]
public sealed class ScanPromiseTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly int[] OpenPorts = [22, 80, 443, 1234, 2222, 3306, 5432, 8000, 8080, 8999];

    public static TheoryData<bool> Connectors => LinuxSockets.IsSupported ? [false, true] : [true];

    [Theory, MemberData(nameof(Connectors))]
    public async Task Few_descriptors_cost_no_answer_and_no_life(bool isPortable)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the process finds out how many descriptors it holds as Linux tells it");
        var listening = Listening();

        var run = Assert.Single(await ScanAsync(null, isPortable, "--spare", "64", "127.9.9.9:1-20000"));

        listening.UnionWith(Listening());
        Assert.Equal(Enumerable.Range(1, 20_000), run.Ports.Select(static p => p.Port).Order());
        Assert.DoesNotContain(run.Ports, p => p.State != PortState.Closed && !(p.State == PortState.Open && listening.Contains(p.Port)));
    }

    // Beside other tests it would take the local ports that they are about to listen on.
    [Theory, MemberData(nameof(Connectors))]
    public async Task A_whole_range_is_answered_completely_and_without_a_false_open(bool isPortable)
    {
        using var open = LoopbackPort.Open(IPAddress.Parse("127.9.9.9"));
        var listening = Listening();

        var run = Assert.Single(await ScanAsync(null, isPortable, "127.9.9.9:1-65535"));

        listening.UnionWith(Listening());
        Assert.Equal(Enumerable.Range(1, 65_535), run.Ports.Select(static p => p.Port).Order());
        Assert.Equal(PortState.Open, run.Ports.Single(p => p.Port == open.Number).State);
        Assert.All(run.Ports, p => Assert.True(
            p.State == PortState.Closed || (p.State == PortState.Open && listening.Contains(p.Port)), p.ToString()));
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task Few_local_ports_cost_no_answer(bool isPortable)
    {
        var link = new Link { LocalPorts = "40000-40199" };

        var run = Assert.Single(await ScanAsync(link, isPortable, "--listen", "80", "127.0.0.1:80*2000"));

        Assert.Equal(2000, run.Ports.Count);
        Assert.All(run.Ports, static p => Assert.Equal(PortState.Open, p.State));
    }

    // All local ports lie in what is scanned, so that one connect in five hundred meets itself.
    [Theory, MemberData(nameof(Connectors))]
    public async Task A_hundred_scans_find_what_listens_and_nothing_else(bool isPortable)
    {
        var link = new Link { LocalPorts = "40000-40499" };

        var runs = await ScanAsync(link, isPortable, "--runs", "100", "--listen", "40123", "--listen", "40499", "127.0.0.1:40000-40499");

        Assert.Equal(100, runs.Count);
        Assert.All(runs, static run => AssertRight(run, Enumerable.Range(40000, 500), [40123, 40499], []));
        Assert.Contains(runs, static run => run.Ports.Any(static p => p.Attempts > 1));
    }

    [Theory(Explicit = true), MemberData(nameof(Connectors))]
    public async Task A_hundred_scans_of_all_ports_find_what_listens_and_nothing_else(bool isPortable)
    {
        var runs = await ScanAsync(new Link(), isPortable, "--runs", "100", "--listen", "123", "--listen", "40999", "127.0.0.1:1-65535");

        Assert.Equal(100, runs.Count);
        Assert.All(runs, static run => AssertRight(run, Enumerable.Range(1, 65535), [123, 40999], []));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 5)]
    [InlineData(true, 5)]
    public Task Lost_packets_cost_no_answer(bool isPortable, int lossPercent) => ScanLossyAsync(isPortable, lossPercent, seed: 1);

    [Theory(Explicit = true)]
    [InlineData(false, 1, 1.5)]
    [InlineData(false, 5, 4.0)]
    [InlineData(true, 1, null)]
    [InlineData(true, 5, null)]
    public async Task Lost_packets_cost_no_answer_in_ten_runs(bool isPortable, int lossPercent, double? seconds)
    {
        Assert.SkipUnless(isPortable || LinuxSockets.IsSupported, "this system has one connector only");
        var times = new List<double>();
        for (var seed = 1; seed <= 10; seed++)
            times.Add(await ScanLossyAsync(isPortable, lossPercent, seed));
        times.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine($"{times[0]:0.00} to {times[^1]:0.00} s, median {times[5]:0.00} s");
        Assert.InRange(times[5], 0, seconds ?? double.MaxValue);
    }

    // Longer than a target may take: no connect that was under way has had its time.
    [Theory, MemberData(nameof(Connectors))]
    public async Task Being_held_up_costs_no_answer(bool isPortable)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Hang);
        var link = new Link { DelayMs = 25, LossPercent = 20, Seed = 1 };
        string[] ports = [$"{Link.FarAddress}:1-5000"];
        using var scan = await ScanProcess.StartAsync(link, isPortable ? ["--portable", .. ports] : ports);
        while (ConnectsUnderWay(scan.Id) < 100)
            await Task.Delay(1, hang.Token);

        Signal("STOP", scan.Id);
        await Task.Delay(TimeSpan.FromMilliseconds(1.2 * PortScanOptions.DefaultTimeoutMilliseconds), hang.Token);
        Signal("CONT", scan.Id);

        AssertRight(Assert.Single(await scan.EndAsync()), Enumerable.Range(1, 5000), [], []);
    }

    [Fact]
    public Task Waiting_for_silence_costs_next_to_nothing() =>
        WaitForSilenceAsync(TimeSpan.FromSeconds(8), slice: TimeSpan.FromSeconds(1.5));

    [Fact(Explicit = true)]
    public Task Waiting_for_silence_for_long_costs_next_to_nothing() =>
        WaitForSilenceAsync(TimeSpan.FromSeconds(30), slice: TimeSpan.FromSeconds(20));

    private static async Task<double> ScanLossyAsync(bool isPortable, int lossPercent, int seed)
    {
        var link = new Link
        {
            DelayMs = 25,
            LossPercent = lossPercent,
            Seed = seed,
            OpenPorts = string.Join(',', OpenPorts),
            SilentPorts = "9001-10000",
        };

        var run = Assert.Single(await ScanAsync(link, isPortable, $"{Link.FarAddress}:1-10000"));

        AssertRight(run, Enumerable.Range(1, 10_000), OpenPorts, Enumerable.Range(9001, 1000));
        Assert.Contains(run.Ports, static p => p is { State: PortState.Closed, Attempts: > 1 });
        return run.Seconds;
    }

    // A thousand connects are under way as soon as the other nine thousand ports have answered, and until the time of
    // the first is over. The cheapest slice of it counts: a machine that is busy otherwise makes waking up dear.
    private static async Task WaitForSilenceAsync(TimeSpan timeout, TimeSpan slice)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(timeout + Hang);
        var link = new Link { DelayMs = 5, SilentPorts = "9001-10000" };
        using var idle = await ScanProcess.StartAsync(link);
        using var waiting = await ScanProcess.StartAsync(
            link, "--retries", "0", "--timeout", $"{timeout.TotalMilliseconds}", $"{Link.FarAddress}:1-10000");
        while (ConnectsUnderWay(waiting.Id) != 1000)
            await Task.Delay(20, hang.Token);
        var clock = Stopwatch.StartNew();
        var looks = new List<(TimeSpan At, TimeSpan Cost)>();
        do
        {
            looks.Add((clock.Elapsed, ProcessorTime(waiting.Id) - ProcessorTime(idle.Id)));
            await Task.Delay(20, hang.Token);
        }
        while (ConnectsUnderWay(waiting.Id) == 1000);

        var slices =
            from first in looks
            from last in looks
            where last.At - first.At >= slice
            select (last.Cost - first.Cost) / (last.At - first.At);
        var least = slices.Min();
        TestContext.Current.TestOutputHelper!.WriteLine($"{least:P2} of a core in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(least, double.MinValue, 0.03);
    }

    private static void Signal(string name, int id)
    {
        using var kill = Process.Start("kill", [$"-{name}", id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static TimeSpan ProcessorTime(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static Task<IReadOnlyList<ScanRun>> ScanAsync(Link? link, bool isPortable, params string[] arguments) =>
        ScanProcess.RunAsync(link, isPortable ? ["--portable", .. arguments] : arguments);

    private static void AssertRight(ScanRun run, IEnumerable<int> ports, int[] open, IEnumerable<int> silent)
    {
        Assert.Equal(ports, run.Ports.Select(static p => p.Port).Order());
        var filtered = silent.ToHashSet();
        var wrong = run.Ports.Where(p => p.State !=
            (filtered.Contains(p.Port) ? PortState.Filtered : open.Contains(p.Port) ? PortState.Open : PortState.Closed));
        Assert.Empty(wrong);
    }

    // Of the process's network, with the state SYN_SENT (02).
    private static int ConnectsUnderWay(int process) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/net/tcp")).Count(static line => line[34..].StartsWith("02", StringComparison.Ordinal));

    private static HashSet<int> Listening() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(static l => l.Port)];
}
