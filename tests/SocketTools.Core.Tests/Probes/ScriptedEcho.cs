using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Hosts that reply or not as the test says; the others are silent.</summary>
internal sealed class ScriptedEcho : IHostEcho
{
    private readonly Func<string, bool> _replies;

    public ScriptedEcho(Func<string, bool> replies) => _replies = replies;

    public string Name => "a script";

    /// <summary>Who was asked, once a request.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async Task<double?> AskAsync(IPAddress address, TimeSpan timeout, CancellationToken cancellation)
    {
        Asked.Enqueue(address.ToString());
        if (_replies(address.ToString()))
            return 1.5;
        await Task.Delay(timeout, cancellation);
        return null;
    }

    public void Dispose()
    {
    }
}
