using System;
using System.Threading;

namespace SocketTools;

/// <summary>Closes what an operation works on when its time is over or its caller stops.</summary>
internal sealed class DeadlineGuard : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenRegistration _registration;

    public DeadlineGuard(TimeSpan remaining, Action abort, CancellationToken cancellation)
    {
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _registration = _over.Token.Register(abort);
        _over.CancelAfter(remaining);
    }

    /// <summary>Whether it closed it: errors that follow say no more than that.</summary>
    public bool HasFired => _over.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _over.Dispose();
    }
}
