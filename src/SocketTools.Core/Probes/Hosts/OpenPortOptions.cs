using System;

namespace SocketTools;

/// <summary>What a search for open ports does beside probing them.</summary>
internal sealed class OpenPortOptions
{
    /// <summary>How long a report waits for its host's name.</summary>
    public static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(2);

    /// <summary>How the ports are probed.</summary>
    public PortScanOptions Scan { get; init; } = new();

    /// <summary>Whether the hosts of blocks are looked for first, and only those that are up are scanned.</summary>
    public bool Discover { get; init; } = true;

    /// <summary>Whether the names of addresses are looked up.</summary>
    public bool LookUpNames { get; init; } = true;

    /// <summary>Whether reports have every port's result.</summary>
    public bool IncludeAll { get; init; }

    /// <summary>Whether hosts of blocks that are not up have a report.</summary>
    public bool IncludeDown { get; init; }
}
