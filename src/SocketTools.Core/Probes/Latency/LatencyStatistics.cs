using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>How long a TCP port takes to answer, from many samples. Times are in milliseconds, and null when there are not
/// enough answers for them.</summary>
public sealed class LatencyStatistics
{
    private const int SparklineWidth = 60;

    internal LatencyStatistics(
        string computerName, string? address, int port, PortState state, Reason reason, IReadOnlyList<double?> samples, DateTime startTime)
    {
        ComputerName = computerName;
        Address = address;
        Port = port;
        Service = ServiceRegistry.Default.NameOf(port, TransportProtocol.Tcp);
        State = state;
        Reason = reason;
        Samples = [.. samples];
        Sparkline = SocketTools.Sparkline.Of(Samples, SparklineWidth);
        Source = ThisComputer.Name;
        StartTime = startTime;
        Sent = Samples.Length;
        var answers = Samples.OfType<double>().ToArray();
        Received = answers.Length;
        LossPercent = Sent == 0 ? null : 100.0 * (Sent - Received) / Sent;
        JitterMs = JitterOf(answers);
        if (Received == 0)
            return;
        MeanMs = answers.Average();
        Array.Sort(answers);
        MinMs = answers[0];
        MedianMs = (answers[(Received - 1) / 2] + answers[Received / 2]) / 2;
        P95Ms = PercentileOf(answers, 95);
        MaxMs = answers[Received - 1];
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was measured, as text; null when the name did not resolve.</summary>
    public string? Address { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The service that is registered for the port, or null. It is not what was found there.</summary>
    public string? Service { get; }

    /// <summary>What the samples showed of the port: of several states, the one that tells the most.</summary>
    public PortState State { get; }

    /// <summary>Why the state is what it is.</summary>
    public Reason Reason { get; }

    /// <summary>How many connects were sent; those that this side could not send do not count.</summary>
    public int Sent { get; }

    /// <summary>How many of them the host answered, by a handshake or a refusal: both are a round trip.</summary>
    public int Received { get; }

    /// <summary>The share that was not answered, in percent; null when none was sent.</summary>
    public double? LossPercent { get; }

    /// <summary>The least latency.</summary>
    public double? MinMs { get; }

    /// <summary>The arithmetic mean.</summary>
    public double? MeanMs { get; }

    /// <summary>The median: the mean of the two in the middle when their number is even (RFC 2330 section 11.3).</summary>
    public double? MedianMs { get; }

    /// <summary>The 95th percentile: the least latency that 95 % of the answers do not exceed (RFC 2330 section 11.3).</summary>
    public double? P95Ms { get; }

    /// <summary>The greatest latency.</summary>
    public double? MaxMs { get; }

    /// <summary>The mean of the absolute differences between each answer and the next: the D of RFC 3550 section 6.4.1 without
    /// its smoothing, which needs many samples.</summary>
    public double? JitterMs { get; }

    /// <summary>The samples drawn as blocks, from the least latency to the greatest, a lost one as a cross; of more than 60
    /// samples, each character shows the slowest of as many in a row, or a cross when a quarter of them was lost.</summary>
    public string Sparkline { get; }

    /// <summary>The latencies in the order in which the connects were sent; null for each that was not answered.</summary>
    public double?[] Samples { get; }

    /// <summary>The computer that measured.</summary>
    public string Source { get; }

    /// <summary>When the first connect was sent, in UTC.</summary>
    public DateTime StartTime { get; }

    /// <summary>The end point, what was lost, and the latencies in short.</summary>
    public override string ToString()
    {
        var endPoint = HostTarget.Join(ComputerName, Port);
        return Sent == 0
            ? $"{endPoint} {State} ({Reason}), nothing sent"
            : FormattableString.Invariant($"{endPoint} {State}, {Sent} sent, {LossPercent:0.##} % lost") + (MinMs is null
                ? $" ({Reason})"
                : FormattableString.Invariant($", min {MinMs:0.00}, median {MedianMs:0.00}, max {MaxMs:0.00} ms"));
    }

    private static double? JitterOf(double[] answers)
    {
        if (answers.Length < 2)
            return null;
        var sum = 0.0;
        for (var i = 1; i < answers.Length; i++)
            sum += Math.Abs(answers[i] - answers[i - 1]);
        return sum / (answers.Length - 1);
    }

    private static double PercentileOf(double[] sorted, int percent) => sorted[(int)(((long)sorted.Length * percent + 99) / 100) - 1];
}
