using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What a server's loop is to do later, in the order in which it is due: so much, and no more. For the loop's thread.</summary>
internal sealed class LaterWork
{
    private const int Most = 10_000;
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly SortedDictionary<(double Due, long Number), (Action Work, int Bytes)> _line = [];
    private readonly ConnectionDesk _desk;
    private double _wakesAt = double.MaxValue;
    private long _number;
    private int _bytes;

    public LaterWork(ConnectionDesk desk) => _desk = desk;

    /// <summary>The time, in milliseconds.</summary>
    public static double Now => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    /// <summary>Has something done later, when there is room for what it holds.</summary>
    public void Add(double due, int bytes, Action work)
    {
        if (_line.Count == Most || _bytes + bytes > MostBytes)
            return;
        _line.Add((due, _number++), (work, bytes));
        _bytes += bytes;
        Arm();
    }

    private void Arm()
    {
        if (_line.Count == 0 || _line.First().Key.Due is var due && due >= _wakesAt)
            return;
        _wakesAt = due;
        Task.Delay((int)Math.Max(1, Math.Ceiling(due - Now))).ContinueWith(_ => _desk.Loop.Post(Go), TaskScheduler.Default);
    }

    private void Go()
    {
        _wakesAt = double.MaxValue;
        while (_line.Count > 0 && _line.First() is var next && next.Key.Due <= Now)
        {
            _line.Remove(next.Key);
            _bytes -= next.Value.Bytes;
            try
            {
                next.Value.Work();
            }
            catch (Exception)
            {
                // One datagram's trouble is not the next one's.
                _desk.Counters.CountError();
            }
        }
        Arm();
    }
}
