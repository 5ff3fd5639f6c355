using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Where the body of one request waits for the server to ask for it (RFC 9110 section 10.1.1).</summary>
internal sealed class BodyGate
{
    // How long for a server that does not know Expect.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<bool> _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the body stays here, since the server answered without it.</summary>
    public bool IsKeptClosed => _isOpen.Task is { IsCompleted: true, Result: false };

    /// <summary>Lets the body go: the server asked for it.</summary>
    public void Open() => _isOpen.TrySetResult(true);

    /// <summary>Keeps the body back, if it still waits: the server has answered without it.</summary>
    public void Close() => _isOpen.TrySetResult(false);

    /// <summary>Waits until the server asks for the body, or may be taken not to know that it could.</summary>
    /// <returns>Whether it is to be sent.</returns>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public bool Wait(CancellationToken cancellation)
    {
        _isOpen.Task.Wait((int)Patience.TotalMilliseconds, cancellation);
        Open();
        return !IsKeptClosed;
    }
}
