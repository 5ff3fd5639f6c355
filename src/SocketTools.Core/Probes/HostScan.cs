using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace SocketTools;

/// <summary>One host while its ports are probed.</summary>
internal sealed class HostScan
{
    private readonly IEnumerator<int> _ports;
    private readonly PathEstimate[] _paths;
    private readonly bool[] _unusable;
    private int _left;

    public HostScan(string computerName, IReadOnlyList<IPAddress> addresses, IEnumerable<int> ports, int count)
    {
        ComputerName = computerName;
        Addresses = addresses;
        _ports = ports.GetEnumerator();
        _paths = [.. addresses.Select(static _ => new PathEstimate())];
        _unusable = new bool[addresses.Count];
        _left = count;
    }

    public string ComputerName { get; }

    public IReadOnlyList<IPAddress> Addresses { get; }

    public bool TryNext(out int port)
    {
        var more = _ports.MoveNext();
        port = more ? _ports.Current : 0;
        return more;
    }

    /// <summary>What is known of the way to an address.</summary>
    public PathEstimate PathTo(int addressIndex) => _paths[addressIndex];

    /// <summary>Whether an address cannot be reached at all from here while another may be.</summary>
    public bool IsDropped(int addressIndex) => _unusable[addressIndex] && Array.IndexOf(_unusable, false) >= 0;

    /// <summary>Spares the host's other ports a connect to an address that cannot be reached at all from here.</summary>
    public void Drop(int addressIndex) => _unusable[addressIndex] = true;

    /// <summary>Takes one port as done.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool CountDone() => --_left == 0;
}
