using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace SocketTools;

/// <summary>Addresses of a host while its ports are probed.</summary>
internal sealed class HostScan
{
    private readonly IEnumerator<int> _ports;
    private readonly PathEstimate[] _paths;
    private readonly bool[] _unusable;
    private readonly IReadOnlyDictionary<IPAddress, string> _names;

    public HostScan(
        HostWork work, IReadOnlyList<IPAddress> addresses, IEnumerable<int> ports, IReadOnlyDictionary<IPAddress, string> names)
    {
        Addresses = addresses;
        Work = work;
        _ports = ports.GetEnumerator();
        _paths = [.. addresses.Select(static _ => new PathEstimate())];
        _unusable = new bool[addresses.Count];
        _names = names;
    }

    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>The host that was asked for.</summary>
    public HostWork Work { get; }

    /// <summary>The name that an address leads back to, or null.</summary>
    public string? NameOf(IPAddress? address) => address is not null && _names.TryGetValue(address, out var name) ? name : null;

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
}
