using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class LatencySamplerTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);

    private readonly ScriptedResolver _resolver = new();
    private readonly Observer _observer = new();

    [Fact]
    public async Task An_open_port_answers_every_sample()
    {
        using var open = LoopbackPort.Open();

        var statistics = await MeasureOneAsync("127.0.0.1", open.Number, new LatencyOptions { Count = 5, Interval = Short });

        Assert.Equal((5, 5, 0.0), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.Equal((PortState.Open, Reason.Connected, "127.0.0.1"), (statistics.State, statistics.Reason, statistics.Address));
        Assert.All(statistics.Samples, static ms => Assert.True(ms > 0));
        Assert.Equal([1, 2, 3, 4, 5], _observer.Samples.Select(static s => s.Sequence).Order());
        Assert.True(statistics.MinMs <= statistics.MedianMs && statistics.MedianMs <= statistics.MaxMs);
    }

    [Fact]
    public async Task A_refusal_is_a_round_trip_too()
    {
        using var closed = LoopbackPort.Closed();

        var statistics = await MeasureOneAsync("127.0.0.1", closed.Number, new LatencyOptions { Count = 3, Interval = Short });

        Assert.Equal((3, 3, PortState.Closed), (statistics.Sent, statistics.Received, statistics.State));
        Assert.All(_observer.Samples, static s => Assert.Equal("ECONNREFUSED", s.ErrorName));
    }

    [Fact]
    public async Task Silence_is_loss_and_has_no_latency()
    {
        using var silent = new SilentPort();
        var options = new LatencyOptions { Count = 3, Interval = Short, Timeout = TimeSpan.FromMilliseconds(50) };

        var statistics = await MeasureOneAsync("127.0.0.1", silent.Number, options);

        Assert.Equal((3, 0, 100.0), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.Equal((PortState.Filtered, Reason.TimedOut), (statistics.State, statistics.Reason));
        Assert.Equal([null, null, null], statistics.Samples);
        Assert.Equal("×××", statistics.Sparkline);
    }

    [Fact]
    public async Task Samples_are_sent_on_schedule_while_earlier_ones_are_silent()
    {
        // None is answered before all have been sent.
        using var all = new CountdownEvent(10);
        var connector = new ScriptedConnector((_, _) =>
        {
            all.Signal();
            return (all.Wait(Hang) ? SocketError.ConnectionRefused : SocketError.TimedOut, false);
        })
        {
            Waits = true,
        };

        var statistics = await MeasureOneAsync(
            "192.0.2.1", 80, new LatencyOptions { Count = 10, Interval = Short, Timeout = Hang }, connector);

        Assert.Equal(10, statistics.Received);
    }

    [Fact]
    public async Task What_answers_after_its_time_is_lost()
    {
        // The system has sent the connect again by then, and this may be the answer to that.
        var connector = new ScriptedConnector(static (_, _) => (SocketError.Success, false))
        {
            Took = TimeSpan.FromMilliseconds(30),
        };

        var statistics = await MeasureOneAsync(
            "192.0.2.1", 80, new LatencyOptions { Count = 1, Timeout = TimeSpan.FromMilliseconds(20) }, connector);

        Assert.Equal((1, 0, PortState.Filtered), (statistics.Sent, statistics.Received, statistics.State));
    }

    [Fact]
    public async Task A_lost_connect_is_not_sent_again()
    {
        var connects = 0;
        var connector = new ScriptedConnector((_, n) =>
        {
            connects = n;
            return (SocketError.TimedOut, false);
        });

        await MeasureOneAsync("192.0.2.1", 80, new LatencyOptions { Count = 4, Interval = Short }, connector);

        Assert.Equal(4, connects);
    }

    [Fact]
    public async Task A_connect_that_met_itself_is_no_sample()
    {
        var connector = new ScriptedConnector(static (_, n) => n < 3 ? (SocketError.Success, true) : (SocketError.ConnectionRefused, false));

        var statistics = await MeasureOneAsync("127.0.0.1", 40000, new LatencyOptions { Count = 2, Interval = Short }, connector);

        Assert.Equal((2, 2, PortState.Closed), (statistics.Sent, statistics.Received, statistics.State));
    }

    [Fact]
    public async Task A_passing_shortage_on_this_side_is_not_loss()
    {
        var connector = new ScriptedConnector(static (_, n) => (n < 4 ? SocketError.TooManyOpenSockets : SocketError.Success, false));

        var statistics = await MeasureOneAsync("127.0.0.1", 80, new LatencyOptions { Count = 2, Interval = Short }, connector);

        Assert.Equal((2, 2), (statistics.Sent, statistics.Received));
        Assert.Empty(_observer.Shortages);
    }

    [Fact]
    public async Task A_lasting_shortage_is_not_loss_either_and_is_told_once()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TooManyOpenSockets, false));
        var options = new LatencyOptions { Count = 3, Interval = Short, Timeout = TimeSpan.FromMilliseconds(30) };

        var statistics = await MeasureOneAsync("127.0.0.1", 80, options, connector);

        Assert.Equal((0, 0, null), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.Equal((PortState.Unknown, Reason.TooManyOpenSockets), (statistics.State, statistics.Reason));
        Assert.Equal(3, _observer.Samples.Count);
        Assert.Equal(Reason.TooManyOpenSockets, Assert.Single(_observer.Shortages));
    }

    [Fact]
    public async Task Without_a_route_nothing_is_sent()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.NetworkUnreachable, false)) { NoRouteTo = "192.0.2.1" };

        var statistics = await MeasureOneAsync("192.0.2.1", 80, new LatencyOptions { Count = 2, Interval = Short }, connector);

        Assert.Equal((0, PortState.Unknown, Reason.NetworkUnreachable), (statistics.Sent, statistics.State, statistics.Reason));
    }

    [Fact]
    public async Task What_the_network_says_in_place_of_the_host_is_no_round_trip()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.HostUnreachable, false));

        var statistics = await MeasureOneAsync("192.0.2.1", 80, new LatencyOptions { Count = 2, Interval = Short }, connector);

        Assert.Equal((2, 0, PortState.Filtered), (statistics.Sent, statistics.Received, statistics.State));
    }

    [Fact]
    public async Task Of_several_addresses_the_first_that_is_open_is_measured()
    {
        _resolver.Knows("three", "192.0.2.1", "192.0.2.2", "192.0.2.3");
        var connects = new ConcurrentBag<string>();
        var connector = new ScriptedConnector((endPoint, _) =>
        {
            connects.Add(endPoint.Address.ToString());
            return (endPoint.Address.ToString() == "192.0.2.1" ? SocketError.ConnectionRefused : SocketError.Success, false);
        });

        var statistics = await MeasureOneAsync("three", 80, new LatencyOptions { Count = 4, Interval = Short }, connector);

        Assert.Equal(("192.0.2.2", 4, 4, PortState.Open), (statistics.Address, statistics.Sent, statistics.Received, statistics.State));
        Assert.Equal((1, 4, 0), (Count(connects, "192.0.2.1"), Count(connects, "192.0.2.2"), Count(connects, "192.0.2.3")));
    }

    [Theory]
    [InlineData(SocketError.TimedOut, SocketError.ConnectionRefused, "192.0.2.2")]
    [InlineData(SocketError.ConnectionRefused, SocketError.TimedOut, "192.0.2.1")]
    [InlineData(SocketError.TimedOut, SocketError.TimedOut, "192.0.2.1")]
    public async Task When_none_is_open_the_most_telling_one_is_measured(SocketError first, SocketError second, string address)
    {
        _resolver.Knows("two", "192.0.2.1", "192.0.2.2");
        var connector = new ScriptedConnector((endPoint, _) => (endPoint.Address.ToString() == "192.0.2.1" ? first : second, false));

        var statistics = await MeasureOneAsync("two", 80, new LatencyOptions { Count = 3, Interval = Short }, connector);

        Assert.Equal((address, 3), (statistics.Address, statistics.Sent));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_row_and_a_word()
    {
        await MeasureAsync("nowhere", "80,443", new LatencyOptions());

        Assert.Equal(2, _observer.Statistics.Count);
        Assert.All(_observer.Statistics, static s => Assert.Equal(
            (0, null, PortState.Unknown, Reason.NameNotResolved), (s.Sent, s.Address, s.State, s.Reason)));
        Assert.All(_observer.Samples, static s => Assert.Equal((1, "EAI_NONAME", null), (s.Sequence, s.ErrorName, s.LatencyMs)));
        Assert.Single(_observer.FailedNames);
    }

    [Fact]
    public async Task Many_targets_are_measured_at_once()
    {
        using var all = new CountdownEvent(20);
        var connector = new ScriptedConnector((_, n) =>
        {
            if (n == 1)
                all.Signal();
            return (all.Wait(Hang) ? SocketError.ConnectionRefused : SocketError.TimedOut, false);
        })
        {
            Waits = true,
        };

        await MeasureAsync("192.0.2.1-5", "1-4", new LatencyOptions { Count = 2, Interval = Short, Timeout = Hang }, connector);

        Assert.Equal(20, _observer.Statistics.Count);
        Assert.All(_observer.Statistics, static s => Assert.Equal(2, s.Received));
    }

    [Fact]
    public async Task The_throttle_limit_is_a_ceiling_on_targets()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));
        var options = new LatencyOptions { Count = 1, ThrottleLimit = 3 };

        await MeasureAsync("192.0.2.1-20", "1-5", options, connector);

        Assert.Equal(100, _observer.Statistics.Count);
        Assert.InRange(connector.MostUnderWay, 1, 3);
    }

    [Fact]
    public async Task A_duration_is_kept()
    {
        using var open = LoopbackPort.Open();
        var clock = Stopwatch.StartNew();

        var statistics = await MeasureOneAsync(
            "127.0.0.1", open.Number, new LatencyOptions { Count = null, Duration = TimeSpan.FromMilliseconds(300), Interval = TimeSpan.FromMilliseconds(20) });

        Assert.InRange(statistics.Sent, 2, 15);
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task The_first_samples_are_prepared_for_without_being_told_of()
    {
        using var open = LoopbackPort.Open();
        using var sampler = new LatencySampler(
            new LatencyOptions { Count = 1 }, _observer, TcpConnector.Create(), new HostResolver(_resolver), TestContext.Current.CancellationToken);

        await sampler.WarmUpAsync().WaitAsync(Hang, TestContext.Current.CancellationToken);
        await sampler.AddAsync(new HostTarget("127.0.0.1", null), PortSet.Parse($"{open.Number}"));
        await sampler.CompleteAsync().WaitAsync(Hang, TestContext.Current.CancellationToken);

        Assert.Equal(open.Number, Assert.Single(_observer.Samples).Port);
    }

    [Fact]
    public async Task What_has_been_measured_can_be_asked_for_before_the_end()
    {
        using var open = LoopbackPort.Open();
        using var cancel = new CancellationTokenSource();
        using var sampler = new LatencySampler(
            new LatencyOptions { Count = int.MaxValue, Interval = Short }, _observer, TcpConnector.Create(), new HostResolver(_resolver), cancel.Token);
        await sampler.AddAsync(new HostTarget("127.0.0.1", null), PortSet.Parse($"{open.Number}"));
        await _observer.ThreeSamples;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sampler.CompleteAsync().WaitAsync(Hang, TestContext.Current.CancellationToken));
        var statistics = Assert.Single(sampler.Unfinished());

        Assert.True(statistics.Received >= 3);
        Assert.Equal(0, statistics.LossPercent);
        Assert.Empty(_observer.Statistics);
    }

    [Fact]
    public async Task Cancellation_counts_no_sample_that_is_under_way()
    {
        using var silent = new SilentPort();
        using var cancel = new CancellationTokenSource();
        using var sampler = new LatencySampler(
            new LatencyOptions { Timeout = Hang }, _observer, TcpConnector.Create(), new HostResolver(_resolver), cancel.Token);
        await sampler.AddAsync(new HostTarget("127.0.0.1", null), PortSet.Parse($"{silent.Number}"));
        var complete = sampler.CompleteAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => complete.WaitAsync(Hang, TestContext.Current.CancellationToken));
        Assert.All(sampler.Unfinished(), static statistics => Assert.Equal(0, statistics.Sent));
    }

    private static int Count(IEnumerable<string> connects, string address) => connects.Count(connect => connect == address);

    private async Task<LatencyStatistics> MeasureOneAsync(string host, int port, LatencyOptions options, IConnector? connector = null)
    {
        await MeasureAsync(host, $"{port}", options, connector);
        return Assert.Single(_observer.Statistics);
    }

    private async Task MeasureAsync(string hosts, string ports, LatencyOptions options, IConnector? connector = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var sampler = new LatencySampler(options, _observer, connector ?? TcpConnector.Create(), new HostResolver(_resolver), cancellation);
        foreach (var host in HostSet.Parse(hosts))
            await sampler.AddAsync(host, PortSet.Parse(ports)).WaitAsync(Hang, cancellation);
        await sampler.CompleteAsync().WaitAsync(Hang, cancellation);
    }

    private sealed class Observer : ILatencyObserver
    {
        private readonly TaskCompletionSource _three = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<LatencySample> Samples { get; } = [];

        public ConcurrentQueue<LatencyStatistics> Statistics { get; } = [];

        public ConcurrentQueue<string> FailedNames { get; } = [];

        public ConcurrentQueue<Reason> Shortages { get; } = [];

        public Task ThreeSamples => _three.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);

        public Task SampledAsync(LatencySample sample)
        {
            Samples.Enqueue(sample);
            if (Samples.Count >= 3)
                _three.TrySetResult();
            return Task.CompletedTask;
        }

        public Task MeasuredAsync(LatencyStatistics statistics)
        {
            Statistics.Enqueue(statistics);
            return Task.CompletedTask;
        }

        public void NameFailed(string computerName, string message) => FailedNames.Enqueue(computerName);

        public void RanShort(Failure why) => Shortages.Enqueue(why.Reason);

        public void Detail(string message)
        {
        }
    }
}
