namespace SocketTools;

/// <summary>What every scan tells as it goes, beside its answers; its calls come from any thread.</summary>
internal interface IScanObserver
{
    /// <summary>A name did not resolve; its ports are reported as unknown.</summary>
    void NameFailed(string computerName, string message);

    /// <summary>Ports could not be probed for want of something on this side; told once a reason.</summary>
    void RanShort(Failure why);

    /// <summary>How far the scan is.</summary>
    void Progressed(PortScanProgress progress);

    /// <summary>Something that only somebody who asks for details wants to know.</summary>
    void Detail(string message);
}

/// <summary>How far a scan is: ports done, ports announced so far, and how many are done a second.</summary>
internal readonly record struct PortScanProgress(long Done, double Total, double PerSecond);
