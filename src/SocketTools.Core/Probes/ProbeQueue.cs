using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>The probes of a scan that are still to be sent: which is next, and whether it may go now. Hosts take turns.</summary>
internal sealed class ProbeQueue : IDisposable
{
    /// <summary>At most so many probes under way unless something else is asked for.</summary>
    public const int AutomaticWindow = 2048;

    private readonly object _gate = new();
    private readonly PortScanOptions _options;
    private readonly Action _goOn;
    private readonly Queue<HostScan> _hosts = new();
    private readonly Queue<PortTarget> _again = new();
    private readonly Queue<PortTarget> _starved = new();
    private readonly Stack<PortTarget> _pool = new();
    private readonly ProbeWindow _window;
    private readonly ProbeRate _rate;
    private readonly Timer _nextPlace;
    private int _underWay;
    private bool _waitsForRate;

    /// <param name="options">How ports are probed.</param>
    /// <param name="most">The most probes that may ever be under way.</param>
    /// <param name="goOn">Is called when a probe may go that had to wait for its place under the ceiling of probes a second.</param>
    public ProbeQueue(PortScanOptions options, int most, Action goOn)
    {
        _options = options;
        _goOn = goOn;
        _window = new ProbeWindow(most);
        _rate = new ProbeRate(options.MaximumRate);
        _nextPlace = new Timer(static self => ((ProbeQueue)self!).EndWait(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Whether there is nothing to send, now or later.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _hosts.Count == 0 && _again.Count == 0;
        }
    }

    /// <summary>Whether <see cref="TryTake"/> would give one.</summary>
    public bool HasNext
    {
        get
        {
            lock (_gate)
                return !_waitsForRate && _underWay < _window.Size && (_again.Count > 0 || _hosts.Count > 0);
        }
    }

    /// <summary>Whether no probe is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _underWay == 0;
        }
    }

    /// <summary>Takes hosts on.</summary>
    public void Add(IEnumerable<HostScan> hosts)
    {
        lock (_gate)
        {
            foreach (var host in hosts)
                _hosts.Enqueue(host);
        }
    }

    /// <summary>Takes a place under the ceiling of probes a second, for a probe that is not a connect.</summary>
    /// <returns>How many milliseconds to wait before asking again; 0 when the place was given.</returns>
    public int TakeTurn()
    {
        lock (_gate)
            return _rate.TryTake(out var wait) ? 0 : wait;
    }

    /// <summary>The next probe, aimed, which is under way from here on.</summary>
    /// <returns>False when there is none, or none may go now.</returns>
    public bool TryTake(out PortTarget target)
    {
        lock (_gate)
        {
            target = null!;
            if (_waitsForRate || _underWay >= _window.Size || (_again.Count == 0 && _hosts.Count == 0))
                return false;
            if (!_rate.TryTake(out var wait))
            {
                _waitsForRate = true;
                _nextPlace.Change(wait, Timeout.Infinite);
                return false;
            }
            // Until something answers, ports that have not been asked yet tell more than those that keep silent.
            var newFirst = !_window.HasAnswers && _again.Count < AutomaticWindow;
            if (!(newFirst && TryTakeNew(out target)) && !TryTakeAgain(out target) && !TryTakeNew(out target))
                return false;
            target.Aim();
            _underWay++;
            return true;
        }
    }

    /// <summary>Takes a probe back that is to be sent again.</summary>
    public void SendAgain(PortTarget target)
    {
        lock (_gate)
        {
            _underWay--;
            if (target.Error == SocketError.TimedOut)
                _window.LearnSilence();
            _again.Enqueue(target);
        }
    }

    /// <summary>Takes a probe back that this side had too little of something for; it is sent again when another has ended.</summary>
    public void Starve(PortTarget target)
    {
        lock (_gate)
        {
            _underWay--;
            _starved.Enqueue(target);
            target.Starve();
            _window.RunShort(_underWay);
        }
    }

    /// <summary>Takes a probe back that has ended, to be used for another port.</summary>
    public void Finish(PortTarget target)
    {
        lock (_gate)
        {
            _underWay--;
            if (target.TriesForAnswer > 0)
                _window.Learn(target.TriesForAnswer);
            _pool.Push(target);
            // What this one held is free for one that had nothing.
            if (_starved.Count > 0)
                _again.Enqueue(_starved.Dequeue());
        }
    }

    /// <summary>Forgets a probe that was under way.</summary>
    public void Drop()
    {
        lock (_gate)
            _underWay--;
    }

    /// <summary>Gives what ran short another chance: it may be free again.</summary>
    public void Recover()
    {
        lock (_gate)
        {
            _window.Recover();
            while (_starved.Count > 0)
                _again.Enqueue(_starved.Dequeue());
        }
    }

    public void Dispose() => _nextPlace.Dispose();

    private bool TryTakeAgain(out PortTarget target)
    {
        target = _again.Count > 0 ? _again.Dequeue() : null!;
        return target is not null;
    }

    private bool TryTakeNew(out PortTarget target)
    {
        while (_hosts.Count > 0)
        {
            var host = _hosts.Dequeue();
            if (!host.TryNext(out var port))
                continue;
            _hosts.Enqueue(host);
            target = _pool.Count > 0 ? _pool.Pop() : new PortTarget();
            target.Begin(host, port, _options);
            return true;
        }
        target = null!;
        return false;
    }

    private void EndWait()
    {
        lock (_gate)
            _waitsForRate = false;
        _goOn();
    }
}
