using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Probes the ports of many hosts at once; hosts take turns, and results leave as they come.</summary>
/// <remarks>What failed on this side is never a state: a connect that could not be sent for want of descriptors, local
/// ports or memory waits for a place and is sent again; one that met itself is sent again too.</remarks>
internal sealed class PortScanner : IDisposable
{
    private const int HostsAtOnce = 256;
    private const int TickMilliseconds = 200;
    private const int ProbesOfTurn = 64;

    private static readonly Dictionary<IPAddress, string> NoNames = [];

    private readonly PortScanOptions _options;
    private readonly IPortScanObserver _observer;
    private readonly IConnector _connector;
    private readonly HostResolver _resolver;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly DescriptorBudget.Lease _descriptors;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _ticker;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private readonly object _gate = new();
    private readonly ProbeQueue _queue;
    private readonly HashSet<Reason> _shortages = [];
    private TaskCompletionSource<bool>? _room;
    private int _pumps;
    private int _hostsOpen;
    private bool _complete;
    private long _done;
    private double _total;

    public PortScanner(
        PortScanOptions options, IPortScanObserver observer, IConnector connector, HostResolver resolver, CancellationToken cancellation)
    {
        _options = options;
        _observer = observer;
        _connector = connector;
        _resolver = resolver;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _cancellation = _stop.Token;
        _descriptors = DescriptorBudget.Take(options.ThrottleLimit > 0 ? options.ThrottleLimit : ProbeQueue.AutomaticWindow);
        _queue = new ProbeQueue(options, _descriptors.Granted, StartPumps);
        connector.Ended = OnEnded;
        _registration = _cancellation.Register(connector.Dispose);
        _ticker = new Timer(static self => ((PortScanner)self!).Tick(), this, TickMilliseconds, TickMilliseconds);
        observer.Detail($"Probing with {connector.Name}, at most {_descriptors.Granted} probes at once.");
    }

    /// <summary>Says how many results are to come, for the progress.</summary>
    public void Announce(double results)
    {
        lock (_gate)
            _total += results;
    }

    /// <summary>Takes a place under the ceiling of probes a second, for a probe that is not a connect.</summary>
    /// <returns>How many milliseconds to wait before asking again; 0 when the place was given.</returns>
    public int TakeTurn() => _queue.TakeTurn();

    /// <summary>Takes a host's ports on; the next is to be added when the task ends, which is while many are being worked on
    /// when half of them are done.</summary>
    /// <param name="host">The host.</param>
    /// <param name="ports">Its ports.</param>
    /// <param name="purpose">What is kept with the host's answers.</param>
    public Task AddAsync(HostTarget host, PortSet ports, object? purpose = null)
    {
        Task? room = null;
        lock (_gate)
        {
            if (++_hostsOpen >= HostsAtOnce)
                room = (_room ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        _ = ResolveAsync(new HostWork(host.ComputerName, purpose), ports);
        return _ended.Task.IsCompleted ? _ended.Task : room is null ? Task.CompletedTask : RoomAsync(room);
    }

    /// <summary>Ends with the scan, also when it fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Says that no more hosts come, and waits for the last result.</summary>
    public Task CompleteAsync()
    {
        lock (_gate)
        {
            _complete = true;
            EndIfDone();
        }
        return _ended.Task;
    }

    /// <summary>Closes every socket and gives the descriptors back.</summary>
    public void Dispose()
    {
        _ticker.Dispose();
        _queue.Dispose();
        _registration.Dispose();
        _connector.Dispose();
        _descriptors.Dispose();
    }

    private async Task RoomAsync(Task room) =>
        await (await Task.WhenAny(room, _ended.Task).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task ResolveAsync(HostWork host, PortSet ports)
    {
        try
        {
            var answer = await _resolver
                .ResolveAsync(host.ComputerName, _options.Family, _options.ResolutionTimeout, _cancellation).ConfigureAwait(false);
            if (answer.Error is null)
                Begin(host, answer.Addresses, ports, await NamesOfAsync(answer.Addresses).ConfigureAwait(false));
            else
                await ReportUnresolvedAsync(host, ports, HostResolver.FailureOf(answer.Error)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private async Task ReportUnresolvedAsync(HostWork host, PortSet ports, Failure why)
    {
        _observer.NameFailed(host.ComputerName, HostResolver.Describe(host.ComputerName, why));
        foreach (var port in ports)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (Wanted(PortState.Unknown))
                await _observer.ReportAsync(new PortAnswer(host, null, port, PortState.Unknown, why, null, 0)).ConfigureAwait(false);
            Interlocked.Increment(ref _done);
        }
        HostDone(host);
    }

    private async Task<IReadOnlyDictionary<IPAddress, string>> NamesOfAsync(IReadOnlyList<IPAddress> addresses)
    {
        if (!_options.ResolveNames)
            return NoNames;
        var names = new Dictionary<IPAddress, string>();
        var answers = await Task.WhenAll(
            addresses.Select(address => _resolver.ReverseAsync(address, _options.ResolutionTimeout, _cancellation))).ConfigureAwait(false);
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Names.Count > 0)
                names[addresses[i]] = answers[i].Names[0];
        }
        return names;
    }

    private void Begin(
        HostWork host, IReadOnlyList<IPAddress> addresses, PortSet ports, IReadOnlyDictionary<IPAddress, string> names)
    {
        IReadOnlyList<IPAddress>[] groups = _options.AllAddresses ? [.. addresses.Select(static address => new[] { address })] : [addresses];
        host.Expect(ports.Count * groups.Length);
        Announce((groups.Length - 1) * ports.Count);
        _queue.Add(groups.Select(group => new HostScan(host, group, ports, names)));
        StartPumps();
    }

    private void StartPumps()
    {
        var wanted = Math.Max(1, Environment.ProcessorCount);
        for (var i = 0; i < wanted; i++)
        {
            lock (_gate)
            {
                if (_pumps == wanted || _queue.IsEmpty)
                    return;
                _pumps++;
            }
            QueuePump();
        }
    }

    // A pump goes to the end of the queue after each turn, so that answers that wait there for a thread are not kept waiting.
    private void RunPump()
    {
        do
        {
            if (!Pump())
            {
                QueuePump();
                return;
            }
        }
        while (!TryLeave());
    }

    private void QueuePump() => ThreadPool.UnsafeQueueUserWorkItem(static self => ((PortScanner)self!).RunPump(), this);

    // What came while the last pump found nothing to take must not wait for the next one to be started.
    private bool TryLeave()
    {
        lock (_gate)
        {
            if (_queue.HasNext && !_cancellation.IsCancellationRequested)
                return false;
            _pumps--;
            return true;
        }
    }

    /// <returns>False when its turn is over before all is sent that may be.</returns>
    private bool Pump()
    {
        try
        {
            for (var i = 0; i < ProbesOfTurn; i++)
            {
                if (_cancellation.IsCancellationRequested || !_queue.TryTake(out var target))
                    return true;
                Send(target);
            }
            return false;
        }
        catch (Exception error)
        {
            Fail(error);
            return true;
        }
    }

    private void GoOnPumping()
    {
        if (!Pump())
            StartPumps();
    }

    private void Send(PortTarget target)
    {
        if (!_connector.Connect(target))
            Settle(target);
    }

    private void OnEnded(ConnectAttempt attempt)
    {
        try
        {
            Settle((PortTarget)attempt);
        }
        catch (Exception error)
        {
            Fail(error);
        }
        GoOnPumping();
    }

    private void Settle(PortTarget target)
    {
        if (_cancellation.IsCancellationRequested)
            Drop(target);
        else if (target is { Error: SocketError.Success, MetItself: true } && target.MeetAgain())
            _queue.SendAgain(target);
        else if (PortStates.IsLocalShortage(target.Error) && !target.HasStarved && IsShortage(target))
            _queue.Starve(target);
        else if (!target.Learn(_connector))
            _queue.SendAgain(target);
        else if (target.Connection is { } connection)
            _ = ReportWithBannerAsync(target, connection);
        else
            Report(target);
    }

    private void Drop(PortTarget target)
    {
        target.Connection?.Dispose();
        _queue.Drop();
        EndIfStopped();
    }

    private async Task ReportWithBannerAsync(PortTarget target, Socket connection)
    {
        target.Connection = null;
        try
        {
            target.TakeBanner(await BannerReader.ReadAsync(connection, _options.Payload, target.TimeLeft, _cancellation).ConfigureAwait(false));
            Report(target);
        }
        catch (Exception error)
        {
            Fail(error);
            _queue.Drop();
            EndIfStopped();
        }
        GoOnPumping();
    }

    // "Address not available" is a want of local ports only where this host has an address to send from at all.
    private bool IsShortage(PortTarget target) =>
        target.Error != SocketError.AddressNotAvailable || _connector.HasRouteTo(target.RemoteEndPoint.Address, target.Source);

    private void Report(PortTarget target)
    {
        if (target.HasStarved && PortStates.IsLocalShortage(target.Error))
            TellShortage(Failure.Of(target.Error));
        var reported = Wanted(target.State) ? _observer.ReportAsync(target.ToAnswer()) : Task.CompletedTask;
        if (reported.Status == TaskStatus.RanToCompletion)
            Finish(target);
        else
            _ = FinishWhenTakenAsync(reported, target);
    }

    private void TellShortage(Failure why)
    {
        lock (_shortages)
        {
            if (!_shortages.Add(why.Reason))
                return;
        }
        _observer.RanShort(why);
    }

    private async Task FinishWhenTakenAsync(Task reported, PortTarget target)
    {
        await WhenTakenAsync(reported).ConfigureAwait(false);
        Finish(target);
        GoOnPumping();
    }

    private async Task WhenTakenAsync(Task reported)
    {
        try
        {
            await reported.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private bool Wanted(PortState state) => _options.States is null || _options.States.Contains(state);

    private void Finish(PortTarget target)
    {
        var host = target.Host.Work;
        Interlocked.Increment(ref _done);
        _queue.Finish(target);
        EndIfStopped();
        if (host.CountDone())
            HostDone(host);
    }

    private void EndIfStopped()
    {
        if (_cancellation.IsCancellationRequested && _queue.IsIdle)
            _ended.TrySetCanceled();
    }

    private void HostDone(HostWork host)
    {
        var told = _observer.HostEndedAsync(host);
        if (told.Status == TaskStatus.RanToCompletion)
            LeaveHost();
        else
            _ = LeaveHostWhenTakenAsync(told);
    }

    private async Task LeaveHostWhenTakenAsync(Task told)
    {
        await WhenTakenAsync(told).ConfigureAwait(false);
        LeaveHost();
    }

    private void LeaveHost()
    {
        lock (_gate)
        {
            if (--_hostsOpen <= HostsAtOnce / 2)
            {
                _room?.TrySetResult(true);
                _room = null;
            }
            EndIfDone();
        }
    }

    private void EndIfDone()
    {
        EndIfStopped();
        if (_complete && _hostsOpen == 0)
            _ended.TrySetResult(true);
    }

    private void Fail(Exception error)
    {
        if (error is OperationCanceledException)
            _ended.TrySetCanceled();
        else
            _ended.TrySetException(error);
        _stop.Cancel();
    }

    private void Tick()
    {
        _queue.Recover();
        lock (_gate)
            EndIfDone();
        StartPumps();
        var done = Interlocked.Read(ref _done);
        _observer.Progressed(new PortScanProgress(done, Volatile.Read(ref _total), done / _clock.Elapsed.TotalSeconds));
    }
}
