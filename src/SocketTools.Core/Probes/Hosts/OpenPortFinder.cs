using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Finds the open ports of many hosts at once, and reports each host as soon as it is done. Hosts of blocks are
/// looked for first; one that is found is scanned while others are still looked for.</summary>
/// <remarks>All connects, to find hosts and to scan them, are one scanner's, so that its ceilings hold for all.</remarks>
internal sealed class OpenPortFinder : IPortScanObserver, IDisposable
{
    private const int HostsLookedForAtOnce = 256;

    private readonly OpenPortOptions _options;
    private readonly IOpenPortObserver _observer;
    private readonly HostResolver _resolver;
    private readonly Func<IHostEcho?> _openEcho;
    private readonly PortScanner _scanner;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancellation;
    private readonly SemaphoreSlim _places = new(HostsLookedForAtOnce, HostsLookedForAtOnce);
    private readonly ConcurrentDictionary<Reason, long> _leftOut = new();
    private HostDiscovery? _discovery;
    private IHostEcho? _echo;
    private ExceptionDispatchInfo? _fault;
    private long _asked;

    /// <param name="options">What to do.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="connector">The way to the sockets.</param>
    /// <param name="resolver">Who knows names.</param>
    /// <param name="openEcho">Gives the way to an echo when there is a host to look for, or null where that is not allowed.</param>
    /// <param name="cancellation">Ends all of it.</param>
    public OpenPortFinder(
        OpenPortOptions options, IOpenPortObserver observer, IConnector connector, HostResolver resolver,
        Func<IHostEcho?> openEcho, CancellationToken cancellation)
    {
        _options = options;
        _observer = observer;
        _resolver = resolver;
        _openEcho = openEcho;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _cancellation = _stop.Token;
        _scanner = new PortScanner(options.Scan, this, connector, resolver, _cancellation);
    }

    /// <summary>Says how many ports are to come, for the progress.</summary>
    public void Announce(double ports) => _scanner.Announce(ports);

    /// <summary>Takes a host on; waits while many are being worked on. One thread at a time may call this.</summary>
    public async Task AddAsync(HostTarget host, PortSet ports)
    {
        _fault?.Throw();
        if (!_options.Discover || !host.IsOfBlock)
        {
            await ScanAsync(host, ports, sign: null).ConfigureAwait(false);
            return;
        }
        if (_discovery is null)
        {
            _echo = _openEcho();
            _discovery = new HostDiscovery(_scanner, _echo, _options.Scan.Timeout);
            _observer.Detail(_discovery.Description);
        }
        await _places.WaitAsync(_cancellation).ConfigureAwait(false);
        _asked++;
        _ = LookForAsync(_discovery, host, ports);
    }

    /// <summary>Says that no more hosts come, and waits for the last report.</summary>
    public async Task CompleteAsync()
    {
        for (var i = 0; i < HostsLookedForAtOnce; i++)
            await _places.WaitAsync(_cancellation).ConfigureAwait(false);
        _fault?.Throw();
        await _scanner.CompleteAsync().ConfigureAwait(false);
        if (!_leftOut.IsEmpty)
            _observer.LeftOut(_leftOut, _asked);
    }

    /// <summary>Closes every socket.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _scanner.Dispose();
        _echo?.Dispose();
    }

    Task IPortScanObserver.ReportAsync(in PortAnswer answer)
    {
        if (answer.Host.Purpose is Scan scan)
            scan.Add(answer);
        else
            ((HostKnock)answer.Host.Purpose!).Hear(answer);
        return Task.CompletedTask;
    }

    Task IPortScanObserver.HostEndedAsync(HostWork host)
    {
        if (host.Purpose is Scan scan)
            return ReportAsync(host, scan);
        ((HostKnock)host.Purpose!).End();
        return Task.CompletedTask;
    }

    void IScanObserver.NameFailed(string computerName, string message) => _observer.NameFailed(computerName, message);

    void IScanObserver.RanShort(Failure why) => _observer.RanShort(why);

    void IScanObserver.Progressed(PortScanProgress progress) => _observer.Progressed(progress);

    void IScanObserver.Detail(string message) => _observer.Detail(message);

    private Task ScanAsync(HostTarget host, PortSet ports, HostSign? sign)
    {
        var names = _options.LookUpNames ? new AddressNames(_resolver, _cancellation) : null;
        return _scanner.AddAsync(host, ports, new Scan(new HostFindings(sign, _options.IncludeAll), names));
    }

    private async Task LookForAsync(HostDiscovery discovery, HostTarget host, PortSet ports)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var address = IPAddress.Parse(host.ComputerName);
            var sign = IsWanted(address)
                ? await discovery.FindAsync(host, address, _cancellation).ConfigureAwait(false)
                : new HostSign(HostState.Unknown, Reason.NoAddress);
            if (sign.IsUp)
                await ScanAsync(host, ports, sign).ConfigureAwait(false);
            else
                await LeaveOutAsync(host, ports, sign, MillisecondsSince(started)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled knows.
        }
        catch (Exception error)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _places.Release();
        }
    }

    private bool IsWanted(IPAddress address) =>
        _options.Scan.Family == AddressFamily.Unspecified || _options.Scan.Family == address.AddressFamily;

    private Task LeaveOutAsync(HostTarget host, PortSet ports, HostSign sign, double elapsedMs)
    {
        Announce(-ports.Count);
        if (_options.IncludeDown)
            return _observer.ReportAsync(new PortScanReport(host.ComputerName, host.ComputerName, null, sign, new HostFindings(), elapsedMs));
        _leftOut.AddOrUpdate(sign.Reason, 1, static (_, count) => count + 1);
        return Task.CompletedTask;
    }

    private async Task ReportAsync(HostWork host, Scan scan)
    {
        var elapsedMs = MillisecondsSince(host.StartedAt);
        if (scan.Names is { } names)
        {
            await names.CompleteAsync().ConfigureAwait(false);
            scan.Findings.Name(names.NameOf);
        }
        var address = scan.Findings.Address;
        var name = address is null ? null : scan.Names?.NameOf(address);
        await _observer.ReportAsync(new PortScanReport(
            host.ComputerName, address, name, scan.Findings.Conclude(), scan.Findings, elapsedMs)).ConfigureAwait(false);
    }

    private static double MillisecondsSince(long started) => (Stopwatch.GetTimestamp() - started) * 1000.0 / Stopwatch.Frequency;

    /// <summary>What is gathered of a host while its ports are probed.</summary>
    private sealed record Scan(HostFindings Findings, AddressNames? Names)
    {
        public void Add(in PortAnswer answer)
        {
            Findings.Add(answer);
            if (answer.Address is { } address)
                Names?.LookUp(address);
        }
    }
}
