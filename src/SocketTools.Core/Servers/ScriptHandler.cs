using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Lets someone else serve each connection.</summary>
internal sealed class ScriptHandler : ServerHandler, IServerResource
{
    private readonly Action _end;

    /// <param name="serve">Serves a connection, which is closed when the task ends; what it throws is told of. It is cancelled when the
    /// server stops.</param>
    /// <param name="end">Called when the server has ended.</param>
    public ScriptHandler(Func<SocketConnection, CancellationToken, Task> serve, Action? end = null)
    {
        Serve = serve;
        _end = end ?? (static () => { });
    }

    public override string Name => "Script";

    public Func<SocketConnection, CancellationToken, Task> Serve { get; }

    public void EndWith(SocketServer server) => server.Completion.ContinueWith(_ => _end(), TaskScheduler.Default);
}
