using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Waits until ports are in a wanted state: a <see cref="PortScanner"/> asks them again and again, each at its own
/// pace, and the names of hosts are resolved anew each time.</summary>
internal sealed class PortWaiter : IPortScanObserver, IDisposable
{
    private const int MostNamed = 3;
    private const int GraceMilliseconds = 1000;

    private readonly PortWaitOptions _options;
    private readonly IPortWaitObserver _observer;
    private readonly HostResolver _resolver;
    private readonly object _gate = new();
    private readonly List<WaitedPort> _ports = [];
    private readonly Dictionary<HostTarget, WaitedPort> _byEndPoint = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private Deadline _deadline = new(0);
    private long _wakesAt;
    private int _underWay;
    private int _reached;
    private bool _closed;

    public PortWaiter(PortWaitOptions options, IPortWaitObserver observer, HostResolver resolver)
    {
        _options = options;
        _observer = observer;
        _resolver = resolver;
    }

    /// <summary>The ports that have not been reached, in the order in which they were added.</summary>
    public IReadOnlyList<WaitedPort> Missing
    {
        get
        {
            lock (_gate)
                return _ports.FindAll(static port => !port.IsReached);
        }
    }

    private bool IsDecided => _reached == _ports.Count || (_options.Any && _reached > 0);

    /// <summary>Takes ports on before the wait begins. One that is given twice is waited for once.</summary>
    public void Add(HostTarget host, PortSet ports)
    {
        foreach (var port in ports)
        {
            var endPoint = new HostTarget(host.ComputerName, port);
            if (_byEndPoint.ContainsKey(endPoint))
                continue;
            var waited = new WaitedPort(endPoint, _options);
            _byEndPoint.Add(endPoint, waited);
            _ports.Add(waited);
        }
    }

    /// <summary>Waits.</summary>
    /// <returns>Whether what was waited for came to pass; false when there was nothing to wait for.</returns>
    public async Task<bool> RunAsync(IConnector connector, CancellationToken cancellation)
    {
        _deadline = new Deadline((int)Math.Ceiling(_options.Total.TotalMilliseconds));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var scanner = new PortScanner(_options.Attempt with { End = _deadline }, this, connector, _resolver, over.Token);
        try
        {
            while (!_deadline.HasPassed && !HasEnded())
            {
                foreach (var host in TakeDue())
                    await scanner.AddAsync(host.Key, PortsOf(host)).ConfigureAwait(false);
                await _wake.WaitAsync(TimeToSleep(), over.Token).ConfigureAwait(false);
            }
            // The time of those that are still under way is over, too: they end now, or soon on a busy machine.
            for (var grace = new Deadline(GraceMilliseconds); HasUnderWay() && !grace.HasPassed;)
                await _wake.WaitAsync(grace.Remaining, over.Token).ConfigureAwait(false);
            // Without a bug, nothing but results has come of the scan.
            var scan = scanner.CompleteAsync();
            if (scan.IsFaulted)
                await scan.ConfigureAwait(false);
            return Close() && _ports.Count > 0;
        }
        finally
        {
            Close();
            over.Cancel();
        }
    }

    /// <summary>Gives back what the wait held.</summary>
    public void Dispose() => _wake.Dispose();

    Task IPortScanObserver.ReportAsync(in PortAnswer answer)
    {
        lock (_gate)
        {
            var port = _byEndPoint[new HostTarget(answer.Host.ComputerName, answer.Port)];
            _underWay--;
            if (_closed || (_options.Any && _reached > 0))
                return Task.CompletedTask;
            if (port.Learn(answer))
                _observer.Detail(port.ToString());
            if (port.IsReached)
                _reached++;
            if (IsDecided || _underWay == 0 || port.DueAt < _wakesAt)
                Wake();
            return port.IsReached ? _observer.ReachedAsync(answer) : Task.CompletedTask;
        }
    }

    Task IPortScanObserver.HostEndedAsync(HostWork host) => Task.CompletedTask;

    void IScanObserver.NameFailed(string computerName, string message)
    {
        // It may resolve the next time; what it was last is told with its ports.
    }

    void IScanObserver.RanShort(Failure why)
    {
        // That may pass as well.
    }

    void IScanObserver.Progressed(PortScanProgress progress)
    {
        string[] missing;
        int reached;
        lock (_gate)
        {
            missing = [.. _ports.Where(static port => !port.IsReached).Take(MostNamed).Select(static port => port.InShort)];
            reached = _reached;
        }
        _observer.Progressed(new PortWaitProgress(
            reached, _ports.Count, missing, _deadline.ElapsedMs / 1000, _deadline.Remaining.TotalSeconds));
    }

    void IScanObserver.Detail(string message) => _observer.Detail(message);

    private static PortSet PortsOf(IEnumerable<WaitedPort> ports) => PortSet.Join(ports.Select(static port => PortSet.Of(port.EndPoint.Port!.Value)));

    private List<IGrouping<HostTarget, WaitedPort>> TakeDue()
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            var due = _ports.FindAll(port => !port.IsReached && !port.IsUnderWay && port.DueAt <= now);
            due.ForEach(port => port.Begin(now, _deadline.Remaining));
            _underWay += due.Count;
            return [.. due.GroupBy(static port => new HostTarget(port.EndPoint.ComputerName, null))];
        }
    }

    private TimeSpan TimeToSleep()
    {
        lock (_gate)
        {
            var idle = _ports.Where(static port => !port.IsReached && !port.IsUnderWay);
            _wakesAt = idle.Select(static port => port.DueAt).DefaultIfEmpty(long.MaxValue).Min();
            var untilDue = (_wakesAt - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency;
            return untilDue < _deadline.Remaining.TotalSeconds
                ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(untilDue * 1000)))
                : _deadline.Remaining;
        }
    }

    private bool HasEnded()
    {
        lock (_gate)
            return IsDecided;
    }

    private bool HasUnderWay()
    {
        lock (_gate)
            return _underWay > 0 && !IsDecided;
    }

    private bool Close()
    {
        lock (_gate)
        {
            _closed = true;
            return IsDecided;
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }
}
