using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes what a port scan tells on to the pipeline.</summary>
internal class PortScanOutput : ScanOutput, IPortScanObserver
{
    public PortScanOutput(IPipelineOutput output, string activity)
        : base(output, activity)
    {
    }

    public virtual Task ReportAsync(in PortAnswer answer) => Output.WriteAsync(new TcpPortResult(answer));

    public Task HostEndedAsync(HostWork host) => Task.CompletedTask;

    /// <summary>A host had no port to test.</summary>
    public virtual void NotTested()
    {
    }
}
