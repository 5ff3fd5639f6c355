using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>The one thread of a server that waits for its sockets and answers those that need no waiting themselves.</summary>
internal sealed class ServerLoop
{
    private const int TickMilliseconds = 100;
    private const int BufferBytes = 256 * 1024;

    private readonly ISocketPoller _poller;
    private readonly ConcurrentQueue<Action> _posted = new();
    private volatile bool _isEnding;

    /// <param name="portable">Waits as every system can.</param>
    public ServerLoop(bool portable) => _poller = SocketPoller.Open(portable);

    /// <summary>How it waits, for people.</summary>
    public string Name => _poller.Name;

    /// <summary>How many sockets it can watch without growing slow.</summary>
    public int Capacity => _poller.Capacity;

    /// <summary>Room for what is being read, of all connections: what must wait is copied out of it.</summary>
    public AlignedBuffer Buffer { get; } = new(BufferBytes);

    /// <summary>The time, in milliseconds of a clock of its own.</summary>
    public static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Whether something waits for time to pass.</summary>
    public Func<bool> WantsTicks { get; set; } = static () => false;

    /// <summary>Called several times a second while something waits for time to pass.</summary>
    public Action Ticked { get; set; } = static () => { };

    /// <summary>Told what was thrown that nobody expected.</summary>
    public Action<Exception> Failed { get; set; } = static _ => { };

    /// <summary>Starts the thread.</summary>
    public void Start(string name) => new Thread(Run) { IsBackground = true, Name = name }.Start();

    /// <summary>Has something done on the loop's thread, soon.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        _poller.Wake();
    }

    /// <summary>Ends the thread when what was posted is done.</summary>
    public void End() => Post(() => _isEnding = true);

    /// <summary>Watches a socket; for the loop's thread.</summary>
    /// <exception cref="SocketException">The system has no memory for it.</exception>
    public void Add(PolledSocket polled) => _poller.Add(polled);

    /// <summary>Looks again at what a socket waits for; for the loop's thread.</summary>
    public void Change(PolledSocket polled) => _poller.Change(polled);

    /// <summary>Watches a socket no more; for the loop's thread.</summary>
    public void Remove(PolledSocket polled)
    {
        if (polled.Slot >= 0)
            _poller.Remove(polled);
    }

    private void Run()
    {
        var ticked = 0L;
        while (!_isEnding)
        {
            try
            {
                _poller.Wait(!_posted.IsEmpty ? 0 : WantsTicks() ? TickMilliseconds : -1);
                while (_posted.TryDequeue(out var action))
                    action();
                if (Now is var now && now - ticked >= TickMilliseconds)
                {
                    ticked = now;
                    Ticked();
                }
            }
            catch (Exception error)
            {
                // Whatever it is, it must not end the process; what each connection throws stays with that connection.
                Failed(error);
            }
        }
        _poller.Dispose();
        Buffer.Dispose();
    }
}
