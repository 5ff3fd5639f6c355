using System;
using System.Diagnostics;

namespace SocketTools;

/// <summary>How one sample ended.</summary>
/// <param name="State">What it shows of the port; unknown when this side could not send it.</param>
/// <param name="Why">Why.</param>
/// <param name="LatencyMs">From sending the connect to its answer; null when there was none.</param>
/// <param name="SentAt">When the connect was sent, as a time stamp of <see cref="Stopwatch"/>.</param>
/// <param name="RanShort">Whether it could not be sent for want of something on this side.</param>
internal readonly record struct LatencyAnswer(PortState State, Failure Why, double? LatencyMs, long SentAt, bool RanShort = false)
{
    /// <summary>Whether the connect left this computer.</summary>
    public bool WasSent => State != PortState.Unknown;

    /// <summary>When the connect was sent, in UTC.</summary>
    public DateTime Timestamp => DateTime.UtcNow.AddSeconds(-(Stopwatch.GetTimestamp() - SentAt) / (double)Stopwatch.Frequency);
}
