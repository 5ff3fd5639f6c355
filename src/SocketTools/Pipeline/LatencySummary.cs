using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Pipeline;

/// <summary>What the view of <see cref="LatencyStatistics"/> shows, for when the pipeline takes no more objects.</summary>
internal static class LatencySummary
{
    private const int FewTargets = 5;

    /// <summary>The lines to show: a block for each of a few targets, a line for each of many.</summary>
    public static IEnumerable<string> LinesOf(IReadOnlyList<LatencyStatistics> targets) =>
        targets.Count <= FewTargets ? targets.SelectMany(LinesOf) : targets.Select(static target => target.ToString());

    private static IEnumerable<string> LinesOf(LatencyStatistics statistics)
    {
        var address = statistics.Address is null || statistics.Address == statistics.ComputerName ? "" : $" [{statistics.Address}]";
        var reason = statistics.State == PortState.Open ? "" : $" ({statistics.Reason})";
        yield return $"{HostTarget.Join(statistics.ComputerName, statistics.Port)}{address} {statistics.State}{reason}";
        if (statistics.Sent == 0)
        {
            yield return "nothing sent";
            yield break;
        }
        yield return statistics.Sparkline;
        yield return Format("{0} sent, {1} received, {2:0.##} % lost", statistics.Sent, statistics.Received, statistics.LossPercent);
        if (statistics.Received == 0)
            yield break;
        var jitter = statistics.JitterMs is null ? "" : Format(", jitter {0:0.00}", statistics.JitterMs);
        yield return Format("min {0:0.00}, mean {1:0.00}, median {2:0.00}", statistics.MinMs, statistics.MeanMs, statistics.MedianMs)
            + Format(", p95 {0:0.00}, max {1:0.00}", statistics.P95Ms, statistics.MaxMs) + jitter + " ms";
    }

    private static string Format(string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
