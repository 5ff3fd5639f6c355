using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A few ports of a host that are tried to find out whether it is up: open or refused both show it.</summary>
internal sealed class HostKnock
{
    private readonly TaskCompletionSource<HostSign> _sign = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private HostSign? _best;

    /// <summary>Open to the world on most hosts that have anything open, or refused by most that have not.</summary>
    public static readonly PortSet Ports = PortSet.Parse("443,80,22");

    /// <summary>Ends with the first answer, or with the last port's silence.</summary>
    public Task<HostSign> Sign => _sign.Task;

    public void Hear(in PortAnswer answer)
    {
        var sign = HostSign.Of(answer);
        lock (_gate)
        {
            if (_best is not { } best || sign.GoesBefore(best))
                _best = sign;
        }
        if (sign.IsUp)
            _sign.TrySetResult(sign);
    }

    /// <summary>Says that all ports have answered or been silent.</summary>
    public void End()
    {
        lock (_gate)
            _sign.TrySetResult(_best ?? default);
    }
}
