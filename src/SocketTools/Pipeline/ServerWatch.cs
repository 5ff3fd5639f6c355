using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Passes the connections of servers on to the pipeline; what comes while that is full is left out, for a server waits for
/// nobody who watches.</summary>
internal sealed class ServerWatch
{
    private readonly object _gate = new();
    private readonly IPipelineOutput _output;
    private readonly bool _includeOpened;
    private Task _room = Task.CompletedTask;

    public ServerWatch(IPipelineOutput output, bool includeOpened)
    {
        _output = output;
        _includeOpened = includeOpened;
    }

    /// <summary>How many were left out.</summary>
    public long Missed { get; private set; }

    public void Note(ServerConnection connection, bool isOpen)
    {
        if (isOpen && !_includeOpened)
            return;
        lock (_gate)
        {
            if (_room.IsCompleted)
                _room = _output.WriteAsync(connection);
            else
                Missed++;
        }
    }
}
