using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What a port scan tells as it goes; its calls come from any thread.</summary>
internal interface IPortScanObserver : IScanObserver
{
    /// <summary>A port's answer; the probe's place is not used again before the task ends.</summary>
    Task ReportAsync(in PortAnswer answer);

    /// <summary>All answers of a host have been reported; its place is not used again before the task ends.</summary>
    Task HostEndedAsync(HostWork host);
}
