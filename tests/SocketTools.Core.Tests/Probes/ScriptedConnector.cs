using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools.Tests;

/// <summary>A connector that plays back what the test wrote, for faults that cannot be made to order.</summary>
internal sealed class ScriptedConnector : IConnector
{
    private readonly Func<IPEndPoint, int, (SocketError Error, bool MetItself)> _script;
    private readonly ConcurrentDictionary<IPEndPoint, int> _tries = new();
    private int _underWay;
    private int _mostUnderWay;

    /// <param name="script">How the n-th connect to an end point ends; n counts from 1.</param>
    public ScriptedConnector(Func<IPEndPoint, int, (SocketError Error, bool MetItself)> script) => _script = script;

    public string Name => "a script";

    public Action<ConnectAttempt>? Ended { get; set; }

    public int MostUnderWay => _mostUnderWay;

    public ICollection<IPEndPoint> EndPoints => _tries.Keys;

    public bool Connect(ConnectAttempt attempt)
    {
        InterlockedMax(ref _mostUnderWay, Interlocked.Increment(ref _underWay));
        attempt.StartedAt = Stopwatch.GetTimestamp();
        if (Waits)
            new Thread(() => Play(attempt)) { IsBackground = true }.Start();
        else
            ThreadPool.QueueUserWorkItem(_ => Play(attempt));
        return true;
    }

    /// <summary>Whether the script waits: each connect then has a thread of its own, not one of the pool's.</summary>
    public bool Waits { get; init; }

    /// <summary>How long each connect takes at least, as the answer says.</summary>
    public TimeSpan Took { get; init; }

    private void Play(ConnectAttempt attempt)
    {
        var tries = _tries.AddOrUpdate(attempt.RemoteEndPoint, 1, static (_, n) => n + 1);
        (attempt.Error, attempt.MetItself) = _script(attempt.RemoteEndPoint, tries);
        if (attempt.RemoteEndPoint.Port == LatePort
            && Stopwatch.GetElapsedTime(attempt.StartedAt, attempt.ExpiresAt) < Late)
            attempt.Error = SocketError.TimedOut;
        var soonest = attempt.StartedAt + (long)(Took.TotalSeconds * Stopwatch.Frequency);
        attempt.EndedAt = Math.Max(Stopwatch.GetTimestamp(), soonest);
        Interlocked.Decrement(ref _underWay);
        Ended!(attempt);
    }

    /// <summary>The port that answers only those who wait for <see cref="Late"/>.</summary>
    public int LatePort { get; init; }

    public TimeSpan Late { get; init; }

    /// <summary>The address to which there is no way from here.</summary>
    public string? NoRouteTo { get; init; }

    public bool HasRouteTo(IPAddress address, IPAddress? source) => address.ToString() != NoRouteTo;

    public void Dispose()
    {
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
