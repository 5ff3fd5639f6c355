using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>A script that serves a server's connections, each in a runspace of a pool of the server's own.</summary>
internal sealed class ServerScript
{
    // The script is read anew: a script block belongs to the runspace that it was made in.
    private const string Call = "param($connection, $text, $list) $_ = $connection; & ([scriptblock]::Create($text)) $connection @list";

    private readonly string _text;
    private readonly object?[] _arguments;
    private readonly Lazy<RunspacePool> _pool;

    public ServerScript(ScriptBlock script, object?[] arguments, int mostAtOnce)
    {
        _text = script.ToString();
        _arguments = arguments;
        _pool = new Lazy<RunspacePool>(() => Open(mostAtOnce));
    }

    public ScriptHandler ToHandler() => new(ServeAsync, End);

    private static RunspacePool Open(int mostAtOnce)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Assembly.GetExecutingAssembly().Location]);
        var pool = RunspaceFactory.CreateRunspacePool(state);
        pool.SetMaxRunspaces(mostAtOnce);
        pool.Open();
        return pool;
    }

    private async Task ServeAsync(SocketConnection connection, CancellationToken stop)
    {
        using var shell = PowerShell.Create();
        shell.RunspacePool = _pool.Value;
        shell.AddScript(Call).AddArgument(connection).AddArgument(_text).AddArgument(_arguments);
        stop.ThrowIfCancellationRequested();
        var running = shell.BeginInvoke();
        // A stop that came first would be lost: the script would start all the same.
        using var stopping = stop.Register(() => shell.BeginStop(null, null));
        try
        {
            await Task.Factory.FromAsync(running, shell.EndInvoke).ConfigureAwait(false);
        }
        catch (PipelineStoppedException)
        {
            throw new OperationCanceledException();
        }
        if (shell.Streams.Error.FirstOrDefault() is { } error)
            throw new RuntimeException(error.ToString(), error.Exception, error);
    }

    private void End()
    {
        if (_pool.IsValueCreated)
            _pool.Value.Dispose();
    }
}
