using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Keeps what a scan tells.</summary>
internal sealed class PortScanRecorder : IPortScanObserver
{
    public ConcurrentBag<TcpPortResult> Results { get; } = [];

    public ConcurrentBag<string> FailedNames { get; } = [];

    public TaskCompletionSource? Holding { get; init; }

    public Tally? Held { get; init; }

    public Task ReportAsync(in PortAnswer answer)
    {
        Results.Add(new TcpPortResult(answer));
        Held?.Count();
        return Holding?.Task ?? Task.CompletedTask;
    }

    public ConcurrentBag<string> EndedHosts { get; } = [];

    public Task HostEndedAsync(HostWork host)
    {
        EndedHosts.Add($"{host.ComputerName} {Results.Count(r => r.ComputerName == host.ComputerName)}");
        return Task.CompletedTask;
    }

    public void NameFailed(string computerName, string message) => FailedNames.Add(computerName);

    public ConcurrentBag<Reason> Shortages { get; } = [];

    public void RanShort(Failure why) => Shortages.Add(why.Reason);

    public void Progressed(PortScanProgress progress)
    {
    }

    public void Detail(string message)
    {
    }
}
