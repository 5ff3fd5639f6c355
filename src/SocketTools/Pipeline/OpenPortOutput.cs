using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes what a search for open ports tells on to the pipeline.</summary>
internal sealed class OpenPortOutput : ScanOutput, IOpenPortObserver
{
    public OpenPortOutput(IPipelineOutput output, string activity)
        : base(output, activity)
    {
    }

    public Task ReportAsync(PortScanReport report) => Output.WriteAsync(report);

    public void LeftOut(IReadOnlyDictionary<Reason, long> why, long asked)
    {
        var reasons = string.Join(", ", why.OrderByDescending(static w => w.Value).Select(w => $"{w.Key} {Text(w.Value)}"));
        Output.Tell(
            $"{Text(why.Values.Sum())} of {Text(asked)} hosts were not found up ({reasons}) and not scanned. " +
            "-IncludeDown lists them, -SkipHostDiscovery scans them all the same.");
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
