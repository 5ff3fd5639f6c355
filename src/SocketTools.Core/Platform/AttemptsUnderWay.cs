using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>The attempts that a connector has under way, looked after by one timer while there are any.</summary>
internal sealed class AttemptsUnderWay : IDisposable
{
    private const int SweepMilliseconds = 15;

    private readonly object _gate = new();
    private readonly HashSet<IAttemptUnderWay> _attempts = [];
    private readonly List<IAttemptUnderWay> _swept = [];
    private readonly Timer _sweeper;
    private bool _sweeping;
    private bool _disposed;

    public AttemptsUnderWay() => _sweeper = new Timer(static self => ((AttemptsUnderWay)self!).Sweep(), this, Timeout.Infinite, Timeout.Infinite);

    /// <returns>False when no more attempts are to be made.</returns>
    public bool TryEnter(IAttemptUnderWay attempt)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            _attempts.Add(attempt);
            if (!_sweeping)
            {
                _sweeping = true;
                _sweeper.Change(SweepMilliseconds, SweepMilliseconds);
            }
            return true;
        }
    }

    public void Leave(IAttemptUnderWay attempt)
    {
        lock (_gate)
            _attempts.Remove(attempt);
    }

    /// <summary>Aborts every attempt that is under way.</summary>
    public void Dispose()
    {
        IAttemptUnderWay[] underWay;
        lock (_gate)
        {
            _disposed = true;
            underWay = [.. _attempts];
        }
        foreach (var attempt in underWay)
            attempt.Abort(SocketError.OperationAborted);
        _sweeper.Dispose();
    }

    // An attempt leaves only after it has been looked at, so that it is not used again meanwhile.
    private void Sweep()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            if (_attempts.Count == 0)
            {
                _sweeping = false;
                _sweeper.Change(Timeout.Infinite, Timeout.Infinite);
                return;
            }
            var now = Stopwatch.GetTimestamp();
            _swept.Clear();
            _swept.AddRange(_attempts);
            foreach (var attempt in _swept)
                attempt.LookAfter(now);
        }
    }
}
