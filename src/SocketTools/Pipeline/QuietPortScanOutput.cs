using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Answers only whether every port is in a wanted state.</summary>
internal sealed class QuietPortScanOutput : PortScanOutput
{
    private readonly ICollection<PortState> _wanted;
    private int _wantedCount;
    private int _otherCount;

    public QuietPortScanOutput(IPipelineOutput output, string activity, ICollection<PortState> wanted)
        : base(output, activity, static answer => answer) => _wanted = wanted;

    /// <summary>True when there was a port and each was in a wanted state.</summary>
    public bool AllWanted => _wantedCount > 0 && _otherCount == 0;

    public override void NotTested() => Interlocked.Increment(ref _otherCount);

    public override Task ReportAsync(in PortAnswer answer)
    {
        if (_wanted.Contains(answer.State))
            Interlocked.Increment(ref _wantedCount);
        else
            Interlocked.Increment(ref _otherCount);
        return Task.CompletedTask;
    }
}
