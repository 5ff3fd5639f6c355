using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Measures how long the ports of many hosts take to answer, all at once: a target's samples are sent on schedule,
/// whether its earlier ones have been answered or not.</summary>
internal sealed class LatencySampler : IDisposable
{
    private const int AutomaticTargets = 1024;
    private const int MostUnderWay = 2048;

    private readonly LatencyOptions _options;
    private readonly ILatencyObserver _observer;
    private readonly IConnector _connector;
    private readonly HostResolver _resolver;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly DescriptorBudget.Lease _descriptors;
    private readonly SemaphoreSlim _targets;
    private readonly SemaphoreSlim _connects;
    private readonly LatencyProbe _probe;

    private readonly object _gate = new();
    private readonly List<Task> _work = [];
    private readonly List<LatencySeries> _open = [];
    private readonly HashSet<Reason> _shortages = [];

    public LatencySampler(
        LatencyOptions options, ILatencyObserver observer, IConnector connector, HostResolver resolver, CancellationToken cancellation)
    {
        _options = options;
        _observer = observer;
        _connector = connector;
        _resolver = resolver;
        _cancellation = cancellation;
        _registration = cancellation.Register(connector.Dispose);
        var targets = options.ThrottleLimit > 0 ? options.ThrottleLimit : AutomaticTargets;
        var underWayOfTarget = 1 + (options.Timeout.Ticks / options.Interval.Ticks);
        _descriptors = DescriptorBudget.Take((int)Math.Min(MostUnderWay, targets * underWayOfTarget));
        _targets = new SemaphoreSlim(targets);
        _connects = new SemaphoreSlim(_descriptors.Granted);
        _probe = new LatencyProbe(connector, cancellation);
        observer.Detail($"Measuring with {connector.Name}, at most {_descriptors.Granted} connects under way at once.");
    }

    /// <summary>Sees to it that the first sample takes no longer than others, which it does unless this is awaited before.</summary>
    public Task WarmUpAsync() => _probe.WarmUpAsync();

    /// <summary>Takes a host's ports on; waits while as many targets are measured as may be at a time.</summary>
    public async Task AddAsync(HostTarget host, PortSet ports)
    {
        await _targets.WaitAsync(_cancellation).ConfigureAwait(false);
        var failed = _work.Find(static task => task.IsFaulted);
        if (failed is not null)
            await failed.ConfigureAwait(false);
        _work.RemoveAll(static task => task.IsCompleted);
        _work.Add(MeasureHostAsync(host.ComputerName, ports));
    }

    /// <summary>Waits for the last sample of the hosts that were added.</summary>
    public Task CompleteAsync() => Task.WhenAll(_work);

    /// <summary>What the samples so far amount to, for each target that is not done.</summary>
    public IReadOnlyList<LatencyStatistics> Unfinished()
    {
        lock (_gate)
            return [.. _open.Select(static series => series.ToStatistics())];
    }

    /// <summary>Closes every socket and gives the descriptors back.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _connector.Dispose();
        _descriptors.Dispose();
    }

    private async Task MeasureHostAsync(string computerName, PortSet ports)
    {
        var answer = await ResolveAsync(computerName).ConfigureAwait(false);
        var targets = new List<Task>();
        foreach (var port in ports)
        {
            // The first port has the place that the host came with.
            if (targets.Count > 0)
                await _targets.WaitAsync(_cancellation).ConfigureAwait(false);
            targets.Add(MeasureAsync(computerName, answer, port));
        }
        await Task.WhenAll(targets).ConfigureAwait(false);
    }

    private async Task<ForwardAnswer> ResolveAsync(string computerName)
    {
        try
        {
            var answer = await _resolver
                .ResolveAsync(computerName, _options.Family, _options.ResolutionTimeout, _cancellation).ConfigureAwait(false);
            if (answer.Error is not null)
                _observer.NameFailed(computerName, HostResolver.Describe(computerName, HostResolver.FailureOf(answer.Error)));
            return answer;
        }
        catch
        {
            _targets.Release();
            throw;
        }
    }

    private async Task MeasureAsync(string computerName, ForwardAnswer answer, int port)
    {
        var series = new LatencySeries(computerName, port);
        lock (_gate)
            _open.Add(series);
        try
        {
            if (answer.Error is null)
                await SampleAsync(series, answer.Addresses, port).ConfigureAwait(false);
            else
                await _observer.SampledAsync(series.Add(null, 1, NotResolved(answer.Error))).ConfigureAwait(false);
            lock (_gate)
                _open.Remove(series);
            await _observer.MeasuredAsync(series.ToStatistics()).ConfigureAwait(false);
        }
        finally
        {
            _targets.Release();
        }
    }

    private static LatencyAnswer NotResolved(ResolverError error) =>
        new(PortState.Unknown, HostResolver.FailureOf(error), null, Stopwatch.GetTimestamp());

    private async Task SampleAsync(LatencySeries series, IReadOnlyList<IPAddress> addresses, int port)
    {
        var underWay = new List<Task>();
        var endPoint = new IPEndPoint(addresses[0], port);
        var schedule = new SampleSchedule(_options, Stopwatch.GetTimestamp());
        while (schedule.TryTake(Stopwatch.GetTimestamp(), out var due))
        {
            await UntilAsync(due).ConfigureAwait(false);
            await _connects.WaitAsync(_cancellation).ConfigureAwait(false);
            if (schedule.Taken == 1 && addresses.Count > 1)
            {
                endPoint = await ChooseAsync(series, addresses, port).ConfigureAwait(false);
                continue;
            }
            underWay.RemoveAll(static task => task.Status == TaskStatus.RanToCompletion);
            underWay.Add(SampleOnceAsync(series, endPoint, schedule.Taken));
        }
        await Task.WhenAll(underWay).ConfigureAwait(false);
    }

    /// <summary>Finds the address to measure by the first sample: the first that is open, else the most telling one.</summary>
    private async Task<IPEndPoint> ChooseAsync(LatencySeries series, IReadOnlyList<IPAddress> addresses, int port)
    {
        try
        {
            var chosen = new IPEndPoint(addresses[0], port);
            LatencyAnswer first = default;
            foreach (var address in addresses)
            {
                var endPoint = new IPEndPoint(address, port);
                var answer = await _probe.ConnectAsync(endPoint, _options.Timeout).ConfigureAwait(false);
                if (first.SentAt == 0 || PortStates.TellsMore(answer.State, first.State))
                    (chosen, first) = (endPoint, answer);
                if (first.State == PortState.Open)
                    break;
            }
            await TellAsync(series, chosen, 1, first).ConfigureAwait(false);
            return chosen;
        }
        finally
        {
            _connects.Release();
        }
    }

    private async Task SampleOnceAsync(LatencySeries series, IPEndPoint endPoint, int sequence)
    {
        try
        {
            var answer = await _probe.ConnectAsync(endPoint, _options.Timeout).ConfigureAwait(false);
            await TellAsync(series, endPoint, sequence, answer).ConfigureAwait(false);
        }
        finally
        {
            _connects.Release();
        }
    }

    private Task TellAsync(LatencySeries series, IPEndPoint endPoint, int sequence, LatencyAnswer answer)
    {
        if (answer.RanShort && IsNews(answer.Why.Reason))
            _observer.RanShort(answer.Why);
        return _observer.SampledAsync(series.Add(endPoint.Address.ToString(), sequence, answer));
    }

    private bool IsNews(Reason shortage)
    {
        lock (_gate)
            return _shortages.Add(shortage);
    }

    private async Task UntilAsync(long due)
    {
        var left = due - Stopwatch.GetTimestamp();
        if (left > 0)
            await Task.Delay((int)Math.Ceiling(left * 1000.0 / Stopwatch.Frequency), _cancellation).ConfigureAwait(false);
    }
}
