using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends on a thread beside the one that reads, and lets a body wait there until the server asks for it.</summary>
internal sealed class RequestUpload : IDisposable
{
    // How long a body waits for a server that does not know Expect (RFC 9110 section 10.1.1).
    private static readonly TimeSpan TimeToContinue = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop;
    private readonly ManualResetEventSlim _answered = new();
    private readonly Task _writing;
    private volatile bool _isUnwanted;

    /// <param name="write">Writes all; is given this and what stops it.</param>
    /// <param name="cancellation">Stops soon.</param>
    public RequestUpload(Action<RequestUpload, CancellationToken> write, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var token = _stop.Token;
        _writing = BlockingCall.Start(() => Write(write, token), CancellationToken.None).Result;
    }

    /// <summary>Lets a body go that waits: the server asked for it.</summary>
    public void Continue() => _answered.Set();

    /// <summary>Keeps a body back that still waits: the server has answered without it.</summary>
    public void Answered()
    {
        _isUnwanted |= !_answered.IsSet;
        _answered.Set();
    }

    /// <summary>Waits until the server asks for the body, or may be taken not to know that it could.</summary>
    /// <returns>Whether it is to be sent.</returns>
    public bool WaitForServer(CancellationToken cancellation)
    {
        _answered.Wait(TimeToContinue, cancellation);
        return !_isUnwanted;
    }

    /// <summary>Waits until all is written.</summary>
    public void Finish() => _writing.GetAwaiter().GetResult();

    /// <summary>Gives up what is not written; nobody reads from the body any more when this returns.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Answered();
        Finish();
        _stop.Dispose();
        _answered.Dispose();
    }

    private bool Write(Action<RequestUpload, CancellationToken> write, CancellationToken cancellation)
    {
        write(this, cancellation);
        return true;
    }
}
