using System;
using System.Collections.Generic;
using System.Net.Sockets;

namespace SocketTools.Tests;

/// <summary>Closed loopback ports whose numbers follow each other.</summary>
internal sealed class LoopbackRow : IDisposable
{
    private readonly List<LoopbackPort> _ports = [];

    public LoopbackRow(int count)
    {
        while (!TryTake(count))
        {
            // Another row has all of them.
        }
    }

    public int First => _ports[0].Number;

    public string Range => $"{First}-{_ports[^1].Number}";

    /// <summary>Opens one, counted from 0.</summary>
    public void Listen(int index) => _ports[index].Listen();

    public void Dispose()
    {
        _ports.ForEach(static port => port.Dispose());
        _ports.Clear();
    }

    private bool TryTake(int count)
    {
        try
        {
            _ports.Add(LoopbackPort.Closed());
            while (_ports.Count < count)
                _ports.Add(LoopbackPort.Closed(First + _ports.Count));
            return true;
        }
        catch (Exception error) when (error is SocketException or ArgumentOutOfRangeException)
        {
            // The next number is somebody else's, or there is none.
            Dispose();
            return false;
        }
    }
}
