using System;
using System.Collections.Generic;
using System.Threading;

namespace SocketTools;

/// <summary>Raises a server's events one after the other, on a thread that serves nobody. When those who listen are much too slow,
/// the oldest are left out.</summary>
internal sealed class ServerNotices
{
    private const int Longest = 10_000;

    private readonly Queue<Action> _line = new();
    private readonly Action _failed;
    private bool _isRaising;

    /// <param name="failed">Told of each that threw.</param>
    public ServerNotices(Action failed) => _failed = failed;

    public void Add(Action raise)
    {
        lock (_line)
        {
            if (_line.Count == Longest)
                _line.Dequeue();
            _line.Enqueue(raise);
            if (_isRaising)
                return;
            _isRaising = true;
        }
        ThreadPool.QueueUserWorkItem(_ => RaiseAll());
    }

    private void RaiseAll()
    {
        while (TryNext(out var raise))
        {
            try
            {
                raise();
            }
            catch (Exception)
            {
                // Whoever listens, the process goes on.
                _failed();
            }
        }
    }

    private bool TryNext(out Action raise)
    {
        lock (_line)
        {
            _isRaising = _line.Count > 0;
            raise = _isRaising ? _line.Dequeue() : static () => { };
            return _isRaising;
        }
    }
}
