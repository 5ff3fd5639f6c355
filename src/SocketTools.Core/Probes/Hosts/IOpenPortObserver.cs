using System.Collections.Generic;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What a search for open ports tells as it goes; its calls come from any thread.</summary>
internal interface IOpenPortObserver : IScanObserver
{
    /// <summary>A host is done; no other takes its place before the task ends.</summary>
    Task ReportAsync(PortScanReport report);

    /// <summary>Hosts of blocks that were not found up have no report; told once, at the end.</summary>
    /// <param name="why">How many there are, by the reason.</param>
    /// <param name="asked">How many hosts of blocks there were.</param>
    void LeftOut(IReadOnlyDictionary<Reason, long> why, long asked);
}
