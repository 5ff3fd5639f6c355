using System;
using System.Diagnostics;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Finds out whether hosts are up: by an echo request, and when that is not answered at once, by connects too.</summary>
internal sealed class HostDiscovery
{
    // Most hosts that answer echo requests answer by then, and are spared the connects.
    private static readonly TimeSpan EchoAlone = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EchoInterval = TimeSpan.FromMilliseconds(500);

    private readonly PortScanner _scanner;
    private readonly IHostEcho? _echo;
    private readonly TimeSpan _timeout;

    /// <param name="scanner">Makes the connects; its observer passes their answers on to their <see cref="HostKnock"/>.</param>
    /// <param name="echo">Null where echo requests are not allowed.</param>
    /// <param name="timeout">How long a host may be silent.</param>
    public HostDiscovery(PortScanner scanner, IHostEcho? echo, TimeSpan timeout)
    {
        _scanner = scanner;
        _echo = echo;
        _timeout = timeout;
    }

    /// <summary>What it does, for people.</summary>
    public string Description => _echo is null
        ? $"Looking for hosts by connects to TCP ports {HostKnock.Ports} only: this process may not send ICMP echo requests."
        : $"Looking for hosts with {_echo.Name}, and connects to TCP ports {HostKnock.Ports}.";

    public async Task<HostSign> FindAsync(HostTarget host, IPAddress address, CancellationToken cancellation)
    {
        if (_echo is null)
            return await KnockAsync(host).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var echo = EchoAsync(_echo, address, stop.Token);
            await Task.WhenAny(echo, Task.Delay(EchoAlone, stop.Token)).ConfigureAwait(false);
            if (echo.IsCompleted && (await echo.ConfigureAwait(false)).IsUp)
                return echo.Result;
            var knock = KnockAsync(host);
            var first = await (await Task.WhenAny(echo, knock).ConfigureAwait(false)).ConfigureAwait(false);
            if (first.IsUp)
                return first;
            await Task.WhenAll(echo, knock).ConfigureAwait(false);
            return echo.Result.IsUp ? echo.Result : knock.Result;
        }
        finally
        {
            stop.Cancel();
        }
    }

    private async Task<HostSign> KnockAsync(HostTarget host)
    {
        var knock = new HostKnock();
        _scanner.Announce(HostKnock.Ports.Count);
        _ = _scanner.AddAsync(host, HostKnock.Ports, knock);
        if (await Task.WhenAny(knock.Sign, _scanner.Ended).ConfigureAwait(false) != knock.Sign)
            await _scanner.Ended.ConfigureAwait(false);
        return await knock.Sign.ConfigureAwait(false);
    }

    // Each request is listened for until the end: a host may be farther away than the interval is long.
    private async Task<HostSign> EchoAsync(IHostEcho echo, IPAddress address, CancellationToken cancellation)
    {
        var reply = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = Stopwatch.StartNew();
        for (var next = EchoInterval; next - EchoInterval < _timeout && clock.Elapsed < _timeout; next += EchoInterval)
        {
            while (_scanner.TakeTurn() is > 0 and var wait)
                await Task.Delay(wait, cancellation).ConfigureAwait(false);
            _ = AskAsync(echo, address, TimeSpan.FromMilliseconds(Until(_timeout, clock)), reply, cancellation);
            await Task.WhenAny(reply.Task, Task.Delay(Until(next < _timeout ? next : _timeout, clock), cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (reply.Task.Status == TaskStatus.RanToCompletion)
                return new HostSign(HostState.Up, Reason.EchoReply, reply.Task.Result);
        }
        return HostSign.Silence;
    }

    private static int Until(TimeSpan end, Stopwatch clock) => (int)Math.Max(0, Math.Ceiling((end - clock.Elapsed).TotalMilliseconds));

    private static async Task AskAsync(
        IHostEcho echo, IPAddress address, TimeSpan timeout, TaskCompletionSource<double> reply, CancellationToken cancellation)
    {
        try
        {
            if (await echo.AskAsync(address, timeout, cancellation).ConfigureAwait(false) is { } ms)
                reply.TrySetResult(ms);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the reply any more.
        }
    }
}
