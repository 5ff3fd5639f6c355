using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What is told while latency is measured; calls come from any thread.</summary>
internal interface ILatencyObserver
{
    /// <summary>A sample's outcome; another one may not be sent before the task ends.</summary>
    Task SampledAsync(LatencySample sample);

    /// <summary>All samples of a target have ended.</summary>
    Task MeasuredAsync(LatencyStatistics statistics);

    /// <summary>A name did not resolve; its ports are reported as unknown.</summary>
    void NameFailed(string computerName, string message);

    /// <summary>Samples could not be sent for want of something on this side; told once a reason.</summary>
    void RanShort(Failure why);

    /// <summary>Something that only somebody who asks for details wants to know.</summary>
    void Detail(string message);
}
