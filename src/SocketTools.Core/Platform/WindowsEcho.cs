using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Windows sends echo requests for everybody (IcmpSendEcho). Elsewhere .NET's Ping may start a process a request.</summary>
internal sealed class WindowsEcho : IHostEcho
{
    private volatile bool _isDisposed;

    public string Name => "ICMP echo (IcmpSendEcho)";

    public async Task<double?> AskAsync(IPAddress address, TimeSpan timeout, CancellationToken cancellation)
    {
        if (_isDisposed)
            return null;
        using var ping = new Ping();
        var asked = ping.SendPingAsync(address, (int)Math.Max(1, timeout.TotalMilliseconds));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(asked, Task.Delay(Timeout.Infinite, over.Token)).ConfigureAwait(false);
        over.Cancel();
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var reply = await asked.ConfigureAwait(false);
            return reply.Status == IPStatus.Success ? reply.RoundtripTime : null;
        }
        catch (PingException)
        {
            // The system refuses to send there; connects will tell why.
            return null;
        }
    }

    public void Dispose() => _isDisposed = true;
}
