using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Tests;

/// <summary>What to scan, and how: options, then targets <c>HOSTS:PORTS</c> or <c>HOSTS:PORTS*TIMES</c>.</summary>
internal sealed class ScanArguments
{
    private readonly List<string> _targets = [];
    private readonly List<int> _listeners = [];

    public ScanArguments(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--portable": IsPortable = true; break;
                case "--warm": IsWarm = true; break;
                case "--open": States = [PortState.Open]; break;
                case "--timeout": Timeout = TimeSpan.FromMilliseconds(Number(args[++i])); break;
                case "--retries": Retries = Number(args[++i]); break;
                case "--runs": Runs = Number(args[++i]); break;
                case "--spare": SpareDescriptors = Number(args[++i]); break;
                case "--listen": _listeners.Add(Number(args[++i])); break;
                default: _targets.Add(args[i]); break;
            }
        }
    }

    /// <summary>Whether to scan with the connector for every system instead of this system's own.</summary>
    public bool IsPortable { get; }

    /// <summary>Whether another scan goes before, so that the compiler's work is not measured.</summary>
    public bool IsWarm { get; }

    /// <summary>The states that are reported; all when null.</summary>
    public PortState[]? States { get; }

    public TimeSpan Timeout { get; } = TimeSpan.FromMilliseconds(PortScanOptions.DefaultTimeoutMilliseconds);

    public int? Retries { get; }

    public int Runs { get; } = 1;

    /// <summary>How many descriptors this process may open beyond those that it holds when it starts; null leaves its limit.</summary>
    public int? SpareDescriptors { get; }

    /// <summary>Ports of every address that are open while the scan runs.</summary>
    public IReadOnlyList<int> Listeners => _listeners;

    public IEnumerable<(HostTarget Host, PortSet Ports)> Targets => Parse(_targets);

    public static IEnumerable<(HostTarget Host, PortSet Ports)> Parse(IEnumerable<string> targets) => targets.SelectMany(static target =>
    {
        var colon = target.LastIndexOf(':');
        var star = target.LastIndexOf('*');
        var ports = PortSet.Parse(target[(colon + 1)..(star < 0 ? target.Length : star)]);
        var hosts = HostSet.Parse(target[..colon]).Select(host => (host, ports));
        return Enumerable.Repeat(hosts, star < 0 ? 1 : Number(target[(star + 1)..])).SelectMany(static all => all);
    });

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
