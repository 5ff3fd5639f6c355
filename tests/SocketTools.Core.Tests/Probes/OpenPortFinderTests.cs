using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class OpenPortFinderTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly ScriptedResolver _resolver = new();
    private readonly Observer _observer = new();
    private Func<IHostEcho?> _openEcho = static () => null;

    [Fact]
    public async Task A_host_is_one_report_with_its_open_ports_in_order_and_the_rest_counted()
    {
        using var first = LoopbackPort.Open();
        using var second = LoopbackPort.Open();
        using var closed = LoopbackPort.Closed();
        using var silent = new SilentPort();
        _resolver.LeadsBack("127.0.0.1", "me.example");

        var report = Assert.Single(await FindAsync(
            "127.0.0.1", $"{second.Number},{closed.Number},{first.Number},{silent.Number}", Options(Short)));

        Assert.Equal(new[] { first.Number, second.Number }.Order(), report.OpenPorts.Select(static p => p.Port));
        Assert.Equal((2, 1, 1, 0), (report.OpenCount, report.ClosedCount, report.FilteredCount, report.UnknownCount));
        Assert.Equal(
            ["1 Closed: ECONNREFUSED", "1 Filtered: ETIMEDOUT", "2 Open: Connected"], report.Reasons.Select(static r => r.ToString()).Order());
        Assert.Equal(2, report.Reasons[0].Count);
        Assert.Equal((4, 0), (report.PortsScanned, report.Results.Length));
        Assert.Equal((HostState.Up, Reason.Connected), (report.HostState, report.HostReason));
        Assert.Equal(("127.0.0.1", "127.0.0.1", "me.example"), (report.ComputerName, report.Address, report.HostName));
        Assert.All(report.OpenPorts, static p => Assert.Equal("me.example", p.HostName));
        Assert.Equal(report.LatencyMs, report.OpenPorts.Select(static p => p.LatencyMs).Append(report.LatencyMs).Min());
        Assert.False(report.IsSuspicious);
        Assert.Null(report.Suspicion);
        Assert.Equal(DateTimeKind.Utc, report.StartTime.Kind);
        Assert.True(report.ElapsedMs >= Short.TotalMilliseconds - 50);
        Assert.Equal($"127.0.0.1 Up (Connected), 2 of 4 ports open ({string.Join(", ", report.OpenPorts.Select(static p => p.Port))})", report.ToString());
    }

    [Fact]
    public async Task Every_port_has_its_result_when_that_is_asked_for()
    {
        using var open = LoopbackPort.Open();
        using var closed = LoopbackPort.Closed();

        var report = Assert.Single(await FindAsync(
            "127.0.0.1", $"{closed.Number},{open.Number}", new OpenPortOptions { IncludeAll = true }));

        Assert.Equal(new[] { open.Number, closed.Number }.Order(), report.Results.Select(static p => p.Port));
        Assert.Equal([PortState.Closed, PortState.Open], report.Results.Select(static p => p.State).Order().Reverse());
    }

    [Theory]
    [InlineData(19, 0, false)]
    [InlineData(20, 0, true)]
    [InlineData(20, 2, true)]
    [InlineData(20, 3, false)]
    [InlineData(0, 100, false)]
    public async Task A_host_where_nearly_everything_is_open_is_suspicious(int open, int closed, bool suspicious)
    {
        var connector = new ScriptedConnector((endPoint, _) =>
            (endPoint.Port <= open ? SocketError.Success : SocketError.ConnectionRefused, false));

        var report = Assert.Single(await FindAsync("127.0.0.1", $"1-{open + closed}", connector: connector));

        Assert.Equal(suspicious, report.IsSuspicious);
        if (suspicious)
            Assert.StartsWith($"{open} of {open + closed} ports are open", report.Suspicion);
    }

    [Fact]
    public async Task Real_listeners_everywhere_are_suspicious_too()
    {
        var ports = Enumerable.Range(0, 25).Select(static _ => LoopbackPort.Open()).ToArray();
        try
        {
            Assert.True(Assert.Single(await FindAsync("127.0.0.1", string.Join(",", ports.Select(static p => p.Number)))).IsSuspicious);
        }
        finally
        {
            Array.ForEach(ports, static p => p.Dispose());
        }
    }

    [Theory]
    [InlineData("192.0.2.1", SocketError.TimedOut, HostState.Up, Reason.EchoReply)]
    [InlineData("192.0.2.2", SocketError.Success, HostState.Up, Reason.Connected)]
    [InlineData("192.0.2.2", SocketError.ConnectionRefused, HostState.Up, Reason.ConnectionRefused)]
    [InlineData("192.0.2.2", SocketError.TimedOut, HostState.Down, Reason.TimedOut)]
    [InlineData("192.0.2.2", SocketError.HostUnreachable, HostState.Down, Reason.HostUnreachable)]
    [InlineData("192.0.2.2", SocketError.TooManyOpenSockets, HostState.Unknown, Reason.TooManyOpenSockets)]
    public async Task A_host_of_a_block_is_up_when_it_shows_any_sign(string host, SocketError knock, HostState state, Reason reason)
    {
        _openEcho = static () => new ScriptedEcho(static address => address == "192.0.2.1");
        var connector = new ScriptedConnector((endPoint, _) => (endPoint.Port == 22 ? knock : SocketError.TimedOut, false));

        var reports = await FindAsync("192.0.2.0/30", "9", Options(Short, includeDown: true), connector);

        var report = reports.Single(r => r.ComputerName == host);
        Assert.Equal(4, reports.Count);
        Assert.Equal((state, reason), (report.HostState, report.HostReason));
        Assert.Equal(state == HostState.Up ? 1 : 0, report.PortsScanned);
        Assert.Equal(state == HostState.Up, report.LatencyMs is not null);
        Assert.Equal(state == HostState.Up, connector.EndPoints.Contains(new IPEndPoint(IPAddress.Parse(host), 9)));
    }

    [Fact]
    public async Task A_host_that_replies_is_spared_the_connects_that_look_for_it()
    {
        var echo = new ScriptedEcho(static _ => true);
        _openEcho = () => echo;
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));

        await FindAsync("192.0.2.0/29", "9", connector: connector);

        Assert.All(connector.EndPoints, static e => Assert.Equal(9, e.Port));
        Assert.Equal(8, echo.Asked.Count);
    }

    [Fact]
    public async Task Silence_is_asked_again_until_its_time_is_over()
    {
        var echo = new ScriptedEcho(static _ => false);
        _openEcho = () => echo;
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TimedOut, false));

        await FindAsync("192.0.2.0/31", "9", Options(TimeSpan.FromMilliseconds(1200)), connector);

        Assert.All(echo.Asked.GroupBy(static a => a), static g => Assert.Equal(3, g.Count()));
        Assert.Equal(6, connector.EndPoints.Count);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("known")]
    [InlineData("127.0.0.1/32")]
    public async Task A_host_that_was_named_is_scanned_without_being_looked_for(string host)
    {
        _resolver.Knows("known", "127.0.0.1");
        var echo = new ScriptedEcho(static _ => true);
        _openEcho = () => echo;
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TimedOut, false));

        var report = Assert.Single(await FindAsync(host, "1-5", Options(Short), connector));

        Assert.Empty(echo.Asked);
        Assert.Equal((HostState.Unknown, Reason.TimedOut), (report.HostState, report.HostReason));
        Assert.Equal((5, 5), (report.PortsScanned, report.FilteredCount));
        Assert.Null(report.LatencyMs);
    }

    [Fact]
    public async Task Discovery_can_be_left_out()
    {
        _openEcho = static () => new ScriptedEcho(static _ => true);
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TimedOut, false));

        var reports = await FindAsync("192.0.2.0/30", "9", new OpenPortOptions { Discover = false, Scan = Scan(Short) }, connector);

        Assert.Equal(4, reports.Count);
        Assert.All(reports, static r => Assert.Equal((HostState.Unknown, 1), (r.HostState, r.FilteredCount)));
    }

    [Fact]
    public async Task Without_the_right_to_an_echo_connects_find_hosts()
    {
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.Address.ToString() == "192.0.2.1" ? SocketError.ConnectionRefused : SocketError.TimedOut, false));

        var report = Assert.Single(await FindAsync("192.0.2.0/30", "9", Options(Short), connector));

        Assert.Equal(("192.0.2.1", Reason.ConnectionRefused), (report.ComputerName, report.HostReason));
        Assert.Contains(_observer.Details, static d => d.Contains("may not send ICMP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hosts_that_are_not_up_are_counted_by_reason()
    {
        _openEcho = static () => new ScriptedEcho(static address => address == "192.0.2.0");
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.Address.ToString() == "192.0.2.1" ? SocketError.HostUnreachable : SocketError.TimedOut, false));

        var report = Assert.Single(await FindAsync("192.0.2.0/29, 127.0.0.1", "9", Options(Short), connector), static r => r.ComputerName != "127.0.0.1");

        Assert.Equal("192.0.2.0", report.ComputerName);
        Assert.Equal([(Reason.TimedOut, 6L), (Reason.HostUnreachable, 1L)], _observer.LeftOutHosts.OrderByDescending(static h => h.Value).Select(static h => (h.Key, h.Value)));
        Assert.Equal(8, _observer.AskedHosts);
    }

    [Fact]
    public async Task Addresses_of_the_other_family_are_not_asked()
    {
        var echo = new ScriptedEcho(static _ => true);
        _openEcho = () => echo;
        var options = new OpenPortOptions { Scan = new PortScanOptions { Family = AddressFamily.InterNetworkV6 } };

        Assert.Empty(await FindAsync("192.0.2.0/30", "9", options));

        Assert.Empty(echo.Asked);
        Assert.Empty(_observer.FailedNames);
        Assert.Equal(4, _observer.LeftOutHosts[Reason.NoAddress]);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_report_and_one_warning()
    {
        var report = Assert.Single(await FindAsync("nowhere", "1-50"));

        Assert.Equal((HostState.Unknown, Reason.NameNotResolved), (report.HostState, report.HostReason));
        Assert.Equal((50, 0), (report.UnknownCount, report.PortsScanned));
        Assert.Null(report.Address);
        Assert.Null(report.HostName);
        Assert.Equal("nowhere", Assert.Single(_observer.FailedNames));
        Assert.Equal("nowhere Unknown (NameNotResolved), not scanned", report.ToString());
    }

    [Fact]
    public async Task Of_several_addresses_the_report_is_about_that_of_the_first_open_port()
    {
        _resolver.Knows("two", "192.0.2.1", "192.0.2.2").LeadsBack("192.0.2.1", "one.example").LeadsBack("192.0.2.2", "two.example");
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.Port == 5 && endPoint.Address.ToString() == "192.0.2.2" ? SocketError.Success : SocketError.ConnectionRefused, false));

        var report = Assert.Single(await FindAsync("two", "1-10", connector: connector));

        Assert.Equal(("192.0.2.2", "two.example"), (report.Address, report.HostName));
        Assert.Equal(9, report.ClosedCount);
    }

    [Fact]
    public async Task Names_are_not_looked_up_when_they_are_not_wanted()
    {
        _resolver.LeadsBack("127.0.0.1", "me.example");

        Assert.Null(Assert.Single(await FindAsync("127.0.0.1", "1", new OpenPortOptions { LookUpNames = false })).HostName);
    }

    [Fact]
    public async Task Nobody_is_asked_for_the_names_of_further_loopback_addresses()
    {
        _resolver.LeadsBack("127.0.0.9", "nine.example").LeadsBack("127.0.1.1", "debian.example");

        var reports = await FindAsync("127.0.0.9, 127.0.1.1", "1");

        Assert.Equal([null, "debian.example"], reports.OrderBy(static r => r.ComputerName).Select(static r => r.HostName));
    }

    [Fact]
    public async Task Many_hosts_have_a_report_each()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        using var open = LoopbackPort.Open(IPAddress.Parse("127.1.0.77"));

        var reports = await FindAsync("127.1.0.0/24", $"{open.Number},9");

        Assert.Equal(256, reports.Select(static r => r.ComputerName).Distinct().Count());
        Assert.Equal(256, reports.Count);
        Assert.Equal("127.1.0.77", Assert.Single(reports, static r => r.OpenCount > 0).Address);
        Assert.All(reports, static r => Assert.Equal(2, r.PortsScanned));
    }

    [Fact]
    public async Task A_host_is_reported_while_others_are_still_looked_for()
    {
        _openEcho = static () => new ScriptedEcho(static address => address == "192.0.0.1");
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.Address.ToString() == "192.0.0.1" ? SocketError.ConnectionRefused : SocketError.TimedOut, false));
        using var cancel = new CancellationTokenSource();
        _observer.Reported = new Tally(1);

        // All of it would take minutes, at the least.
        var search = FindAsync("192.0.0.0/16", "9", Options(TimeSpan.FromSeconds(30)), connector, cancel.Token);
        await _observer.Reported.Reached.WaitAsync(Hang, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search.WaitAsync(Hang, TestContext.Current.CancellationToken));
        Assert.Equal("192.0.0.1", _observer.Reports.First().ComputerName);
    }

    [Fact]
    public async Task A_slow_taker_holds_the_search_up()
    {
        var echo = new ScriptedEcho(static _ => true);
        _openEcho = () => echo;
        _observer.Holding = new TaskCompletionSource();
        _observer.Reported = new Tally(256);
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));

        var search = FindAsync("10.0.0.0/20", "9", connector: connector);
        await _observer.Reported.Reached.WaitAsync(Hang, TestContext.Current.CancellationToken);
        // A search that nobody holds up comes to its end in the meantime.
        _openEcho = static () => new ScriptedEcho(static _ => true);
        var other = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));
        Assert.Equal(4096, (await FindAsync("10.0.0.0/20", "9", connector: other, observer: new Observer())).Count);

        // Those in the scanner, and those that were looked for meanwhile.
        Assert.InRange(echo.Asked.Count, 256, 256 + (2 * 256));
        _observer.Holding.SetResult();
        Assert.Equal(4096, (await search).Count);
    }

    [Fact]
    public async Task The_rate_is_a_ceiling_for_echo_requests_too()
    {
        var echo = new ScriptedEcho(static _ => true);
        _openEcho = () => echo;
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await FindAsync("10.0.0.0/26", "9", new OpenPortOptions { Scan = new PortScanOptions { MaximumRate = 200 } }, connector);

        Assert.Equal(64, echo.Asked.Count);
        // 64 requests and as many connects.
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(0.6), clock.Elapsed.ToString());
    }

    [Fact]
    public async Task A_fault_of_the_taker_ends_the_search()
    {
        _openEcho = static () => new ScriptedEcho(static _ => false);
        _observer.Fault = new InvalidOperationException("full");
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => FindAsync("10.0.0.0/20", "9", connector: connector));

        Assert.Equal("full", error.Message);
    }

    [Fact]
    public async Task A_fault_of_the_taker_of_hosts_that_are_down_ends_the_search_too()
    {
        _openEcho = static () => new ScriptedEcho(static _ => false);
        _observer.Fault = new InvalidOperationException("full");
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TimedOut, false));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => FindAsync("10.0.0.0/22", "9", Options(TimeSpan.FromMilliseconds(50), includeDown: true), connector));

        Assert.Equal("full", error.Message);
    }

    private static PortScanOptions Scan(TimeSpan timeout) => new() { Timeout = timeout };

    private static OpenPortOptions Options(TimeSpan timeout, bool includeDown = false) => new() { Scan = Scan(timeout), IncludeDown = includeDown };

    private async Task<List<PortScanReport>> FindAsync(
        string hosts, string ports, OpenPortOptions? options = null, IConnector? connector = null,
        CancellationToken? cancellation = null, Observer? observer = null)
    {
        observer ??= _observer;
        using var finder = new OpenPortFinder(
            options ?? new OpenPortOptions(), observer, connector ?? new EventArgsConnector(),
            new HostResolver(_resolver),
            _openEcho, cancellation ?? TestContext.Current.CancellationToken);
        var set = PortSet.Parse(ports);
        foreach (var host in HostSet.Parse(hosts))
            await finder.AddAsync(host, set);
        await finder.CompleteAsync().WaitAsync(Hang, TestContext.Current.CancellationToken);
        return [.. observer.Reports];
    }

    private sealed class Observer : IOpenPortObserver
    {
        public ConcurrentQueue<PortScanReport> Reports { get; } = new();

        public ConcurrentBag<string> FailedNames { get; } = [];

        public ConcurrentBag<string> Details { get; } = [];

        public Dictionary<Reason, long> LeftOutHosts { get; private set; } = [];

        public long AskedHosts { get; private set; }

        public TaskCompletionSource? Holding { get; set; }

        public Tally? Reported { get; set; }

        public Exception? Fault { get; set; }

        public Task ReportAsync(PortScanReport report)
        {
            if (Fault is not null)
                throw Fault;
            Reports.Enqueue(report);
            Reported?.Count();
            return Holding?.Task ?? Task.CompletedTask;
        }

        public void LeftOut(IReadOnlyDictionary<Reason, long> why, long asked)
        {
            LeftOutHosts = why.ToDictionary();
            AskedHosts = asked;
        }

        public void NameFailed(string computerName, string message) => FailedNames.Add(computerName);

        public void RanShort(Failure why)
        {
        }

        public void Progressed(PortScanProgress progress)
        {
        }

        public void Detail(string message) => Details.Add(message);
    }
}
