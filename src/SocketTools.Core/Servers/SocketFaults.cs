using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>What goes wrong, on purpose, in one direction.</summary>
public sealed record SocketFaults
{
    /// <summary>Nothing.</summary>
    internal static readonly SocketFaults None = new();

    /// <summary>The share of connections, or of datagrams, that the faults concern: 0 to 1.</summary>
    public double Probability { get; internal init; } = 1;

    /// <summary>How much later everything comes, in milliseconds.</summary>
    public int LatencyMilliseconds { get; internal init; }

    /// <summary>By how much the latency varies, up and down, in milliseconds.</summary>
    public int JitterMilliseconds { get; internal init; }

    /// <summary>How many bytes a second get through; all when 0.</summary>
    public long BytesPerSecond { get; internal init; }

    /// <summary>The largest piece that is passed on at once, in bytes; any when 0.</summary>
    public int SliceBytes { get; internal init; }

    /// <summary>The share of bytes of which one bit is turned: 0 to 1.</summary>
    public double CorruptionRate { get; internal init; }

    /// <summary>The share of datagrams that get lost: 0 to 1.</summary>
    public double DropRate { get; internal init; }

    /// <summary>After how many bytes the connection ends as if all were said, and a datagram is cut; null when it does not.</summary>
    public long? TruncateAfterBytes { get; internal init; }

    /// <summary>After how many bytes the connection is reset; null when it is not.</summary>
    public long? ResetAfterBytes { get; internal init; }

    /// <summary>How much later than what was said the end comes, in milliseconds.</summary>
    public int CloseDelayMilliseconds { get; internal init; }

    /// <summary>Whether nothing gets through, and the connection stays open.</summary>
    public bool NoAnswer { get; internal init; }

    /// <summary>Whether anything goes wrong at all.</summary>
    internal bool IsActive => Probability > 0 && this with { Probability = 1 } != None;

    /// <summary>What goes wrong, in words.</summary>
    public override string ToString() => IsActive ? string.Join(", ", Words()) : "none";

    private IEnumerable<string> Words()
    {
        if (LatencyMilliseconds > 0 || JitterMilliseconds > 0)
            yield return $"latency {LatencyMilliseconds} ms" + (JitterMilliseconds > 0 ? $" +/- {JitterMilliseconds}" : "");
        if (BytesPerSecond > 0)
            yield return $"{BytesPerSecond} bytes/s";
        if (SliceBytes > 0)
            yield return $"slices of {SliceBytes} bytes";
        if (CorruptionRate > 0)
            yield return $"{Text(CorruptionRate)} of the bytes corrupted";
        if (DropRate > 0)
            yield return $"{Text(DropRate)} of the datagrams dropped";
        if (TruncateAfterBytes is { } cut)
            yield return $"cut after {cut} bytes";
        if (ResetAfterBytes is { } reset)
            yield return $"reset after {reset} bytes";
        if (CloseDelayMilliseconds > 0)
            yield return $"end {CloseDelayMilliseconds} ms late";
        if (NoAnswer)
            yield return "no answer";
        if (Probability < 1)
            yield return $"probability {Text(Probability)}";
    }

    private static string Text(double share) => share.ToString("0.####", CultureInfo.InvariantCulture);
}
