using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>How ports are probed.</summary>
internal sealed record PortScanOptions
{
    /// <summary>How long a target may take, attempts on all its addresses included, unless something else is asked for.</summary>
    public const int DefaultTimeoutMilliseconds = 2000;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;

    public TimeSpan Timeout { get => Within(field); init; } = TimeSpan.FromMilliseconds(DefaultTimeoutMilliseconds);

    public TimeSpan ResolutionTimeout { get => Within(field); init; } = TimeSpan.FromMilliseconds(HostResolver.DefaultTimeoutMilliseconds);

    /// <summary>When all must be over: what is begun later than others has less time.</summary>
    public Deadline? End { get; init; }

    /// <summary>At most so many probes under way; 0 lets the scanner choose.</summary>
    public int ThrottleLimit { get; init; }

    /// <summary>How often a probe that met silence is sent again; as often as the measured loss demands when null.</summary>
    public int? RetryCount { get; init; }

    /// <summary>At most so many probes a second; 0 sets no ceiling.</summary>
    public int MaximumRate { get; init; }

    /// <summary>The address of this host to send from; the system chooses when null.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Whether what open TCP ports say first is read.</summary>
    public bool ReadBanner { get; init; }

    /// <summary>What is sent to open TCP ports before that.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>What to send to each UDP port.</summary>
    public Func<int, DatagramRequest>? RequestFor { get; init; }

    /// <summary>Whether a host with several addresses gives a result for each of them instead of the most telling one.</summary>
    public bool AllAddresses { get; init; }

    /// <summary>Whether the names of the addresses are looked up, once a host.</summary>
    public bool ResolveNames { get; init; }

    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    /// <summary>The states that are reported; all when null.</summary>
    public ICollection<PortState>? States { get; init; }

    private TimeSpan Within(TimeSpan time) => End is { } end && end.Remaining < time
        ? (end.Remaining > Least ? end.Remaining : Least)
        : time;
}
