using System;
using System.Globalization;
using System.Linq;

namespace SocketTools;

/// <summary>What a search for open ports found on one host.</summary>
public sealed class PortScanReport
{
    private const int MostPortsInText = 10;
    private const int LeastToSuspect = 20;
    private const double ShareToSuspect = 0.9;
    internal PortScanReport(string computerName, string? address, string? hostName, HostSign sign, HostFindings found, double elapsedMs)
    {
        ComputerName = computerName;
        Address = address;
        HostName = hostName;
        HostState = sign.State;
        HostReason = sign.Reason;
        LatencyMs = sign.LatencyMs;
        OpenPorts = found.Open;
        OpenCount = found.CountOf(PortState.Open);
        ClosedCount = found.CountOf(PortState.Closed);
        FilteredCount = found.CountOf(PortState.Filtered);
        UnknownCount = found.CountOf(PortState.Unknown);
        Reasons = found.Reasons;
        PortsScanned = found.Probed;
        Results = found.All;
        Suspicion = SuspicionOf(OpenCount, found.Probed);
        ElapsedMs = elapsedMs;
        StartTime = DateTime.UtcNow.AddMilliseconds(-elapsedMs);
        ProbesPerSecond = elapsedMs > 0 ? found.Probes / elapsedMs * 1000 : 0;
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was probed, as text; of several, that of the first open port, or else the one that told the
    /// most; null when the name did not resolve.</summary>
    public string? Address { get; }

    /// <summary>The name that the address leads back to (its PTR); null when it has none or it was not asked for.</summary>
    public string? HostName { get; }

    /// <summary>Whether the host is up.</summary>
    public HostState HostState { get; }

    /// <summary>What showed it: EchoReply, Connected or ConnectionRefused of a host that is up; else what came instead.</summary>
    public Reason HostReason { get; }

    /// <summary>The shortest time to an answer of the host, in milliseconds; null when there was none.</summary>
    public double? LatencyMs { get; }

    /// <summary>The open ports, in ascending order.</summary>
    public TcpPortResult[] OpenPorts { get; }

    /// <summary>How many ports are open.</summary>
    public int OpenCount { get; }

    /// <summary>How many ports are closed.</summary>
    public int ClosedCount { get; }

    /// <summary>How many ports are filtered.</summary>
    public int FilteredCount { get; }

    /// <summary>Of how many ports nothing is known.</summary>
    public int UnknownCount { get; }

    /// <summary>The same by reason, the most frequent first.</summary>
    public PortReasonCount[] Reasons { get; }

    /// <summary>How many ports were probed.</summary>
    public int PortsScanned { get; }

    /// <summary>Every port's result in ascending order, when that was asked for; else empty.</summary>
    public TcpPortResult[] Results { get; }

    /// <summary>Whether nearly everything is open, so that it is rather something else that answers for the host.</summary>
    public bool IsSuspicious => Suspicion is not null;

    /// <summary>What is suspicious, in a sentence; null when nothing is.</summary>
    public string? Suspicion { get; }

    /// <summary>When the host's turn came, in UTC.</summary>
    public DateTime StartTime { get; }

    /// <summary>From then to the last port's answer, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>How many connects a second were sent to the host.</summary>
    public double ProbesPerSecond { get; }

    /// <summary>The computer that probed.</summary>
    public string Source { get; } = ThisComputer.Name;

    /// <summary>The host, its state, and its open ports.</summary>
    public override string ToString()
    {
        var ports = string.Join(", ", OpenPorts.Take(MostPortsInText).Select(static p => p.Port.ToString(CultureInfo.InvariantCulture)));
        var more = OpenCount > MostPortsInText ? ", ..." : "";
        var open = PortsScanned == 0 ? "not scanned" : $"{OpenCount} of {PortsScanned} ports open{(OpenCount > 0 ? $" ({ports}{more})" : "")}";
        return $"{ComputerName} {HostState} ({HostReason}), {open}";
    }

    private static string? SuspicionOf(int open, int probed) => open >= LeastToSuspect && open >= ShareToSuspect * probed
        ? $"{open} of {probed} ports are open: a device or a trap may answer."
        : null;
}
