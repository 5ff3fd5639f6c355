using System;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes what a port scan tells on to the pipeline.</summary>
internal class PortScanOutput : ScanOutput, IPortScanObserver
{
    private readonly Func<PortAnswer, object> _resultOf;

    public PortScanOutput(IPipelineOutput output, string activity, Func<PortAnswer, object> resultOf)
        : base(output, activity) => _resultOf = resultOf;

    public virtual Task ReportAsync(in PortAnswer answer) => Output.WriteAsync(_resultOf(answer));

    public Task HostEndedAsync(HostWork host) => Task.CompletedTask;

    /// <summary>A host had no port to test.</summary>
    public virtual void NotTested()
    {
    }
}
