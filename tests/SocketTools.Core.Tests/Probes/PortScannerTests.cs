using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class PortScannerTests
{
    private readonly ScriptedResolver _resolver = new();

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Open_closed_and_silent_ports_are_told_apart()
    {
        using var open = LoopbackPort.Open();
        using var closed = LoopbackPort.Closed();
        using var silent = new SilentPort();
        var options = new PortScanOptions { Timeout = TimeSpan.FromMilliseconds(200) };

        var results = await ScanAsync("127.0.0.1", $"{open.Number},{closed.Number},{silent.Number}", options);

        Assert.Equal(PortState.Open, results[open.Number].State);
        Assert.Equal(PortState.Closed, results[closed.Number].State);
        Assert.Equal(PortState.Filtered, results[silent.Number].State);
        Assert.Equal(Reason.TimedOut, results[silent.Number].Reason);
        Assert.Equal("ETIMEDOUT", results[silent.Number].ErrorName);
        Assert.Null(results[silent.Number].LatencyMs);
        Assert.NotNull(results[closed.Number].LatencyMs);
    }

    [Fact]
    public async Task A_connection_that_met_itself_is_never_open()
    {
        var connector = new ScriptedConnector(static (_, n) => n < 3 ? (SocketError.Success, true) : (SocketError.ConnectionRefused, false));

        var result = (await ScanAsync("127.0.0.1", "40000", new PortScanOptions(), connector))[40000];

        Assert.Equal(PortState.Closed, result.State);
        Assert.Equal("ECONNREFUSED", result.ErrorName);
        Assert.Equal(3, result.Attempts);
    }

    [Fact]
    public async Task A_connection_that_only_ever_meets_itself_is_closed()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.Success, true));

        Assert.Equal(PortState.Closed, (await ScanAsync("127.0.0.1", "40000", new PortScanOptions(), connector))[40000].State);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    [InlineData(SocketError.AddressNotAvailable)]
    public async Task A_passing_shortage_on_this_side_loses_nothing(SocketError shortage)
    {
        var connector = new ScriptedConnector((endPoint, n) =>
            n == 1 && endPoint.Port % 3 == 0 ? (shortage, false) : (SocketError.ConnectionRefused, false));

        var results = await ScanAsync("127.0.0.1", "1-300", new PortScanOptions(), connector);

        Assert.Equal(300, results.Count);
        Assert.All(results.Values, static r => Assert.Equal(PortState.Closed, r.State));
    }

    [Fact]
    public async Task A_lasting_shortage_is_unknown_and_says_what_was_short()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TooManyOpenSockets, false));
        var options = new PortScanOptions { Timeout = TimeSpan.FromMilliseconds(100) };

        var observer = new PortScanRecorder();

        var results = await ScanAsync("127.0.0.1", "1-20", options, connector, observer);

        Assert.Equal(Reason.TooManyOpenSockets, Assert.Single(observer.Shortages));
        Assert.Equal(20, results.Count);
        Assert.All(results.Values, static r =>
        {
            Assert.Equal(PortState.Unknown, r.State);
            Assert.Equal(Reason.TooManyOpenSockets, r.Reason);
            Assert.Equal(0, r.Attempts);
        });
    }

    [Fact]
    public async Task The_throttle_limit_is_a_ceiling()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));

        await ScanAsync("127.0.0.1", "1-1000", new PortScanOptions { ThrottleLimit = 7 }, connector);

        Assert.InRange(connector.MostUnderWay, 1, 7);
    }

    [Fact]
    public async Task Addresses_are_tried_in_order_until_one_is_open()
    {
        _resolver.Knows("two", "192.0.2.1", "192.0.2.2");
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.Address.ToString() == "192.0.2.2" ? SocketError.Success : SocketError.ConnectionRefused, false));

        var result = (await ScanAsync("two", "80", new PortScanOptions(), connector))[80];

        Assert.Equal(PortState.Open, result.State);
        Assert.Equal("192.0.2.2", result.Address);
        Assert.Equal("two", result.ComputerName);
    }

    [Theory]
    [InlineData(SocketError.TimedOut, SocketError.ConnectionRefused, PortState.Closed, "192.0.2.2")]
    [InlineData(SocketError.ConnectionRefused, SocketError.TimedOut, PortState.Closed, "192.0.2.1")]
    [InlineData(SocketError.NetworkUnreachable, SocketError.ConnectionRefused, PortState.Closed, "192.0.2.2")]
    [InlineData(SocketError.NetworkUnreachable, SocketError.TimedOut, PortState.Filtered, "192.0.2.1")]
    [InlineData(SocketError.ConnectionRefused, SocketError.ConnectionRefused, PortState.Closed, "192.0.2.1")]
    public async Task The_most_telling_answer_is_the_row(SocketError first, SocketError second, PortState state, string address)
    {
        _resolver.Knows("two", "192.0.2.1", "192.0.2.2");
        var connector = new ScriptedConnector((endPoint, _) => (endPoint.Address.ToString() == "192.0.2.1" ? first : second, false));

        var result = (await ScanAsync("two", "80", new PortScanOptions { RetryCount = 0 }, connector))[80];

        Assert.Equal(state, result.State);
        Assert.Equal(address, result.Address);
        Assert.Equal(2, result.Attempts);
    }

    [Fact]
    public async Task Every_address_can_have_its_own_rows_with_its_own_name()
    {
        _resolver.Knows("two", "192.0.2.1", "192.0.2.2").LeadsBack("192.0.2.2", "second.example");
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.Address.ToString() == "192.0.2.2" ? SocketError.Success : SocketError.ConnectionRefused, false));
        var observer = new PortScanRecorder();

        await ScanAsync("two", "1-20", new PortScanOptions { AllAddresses = true, ResolveNames = true }, connector, observer);

        Assert.Equal(40, observer.Results.Count);
        Assert.All(observer.Results, static r => Assert.Equal(
            r.Address == "192.0.2.2" ? (PortState.Open, "second.example") : (PortState.Closed, null), (r.State, r.HostName)));
    }

    [Fact]
    public async Task An_address_without_a_route_is_dropped_for_the_rest_of_its_host()
    {
        _resolver.Knows("two", "2001:db8::1", "192.0.2.2");
        var connector = new ScriptedConnector(static (endPoint, _) =>
            (endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? SocketError.NetworkUnreachable : SocketError.ConnectionRefused, false))
        {
            NoRouteTo = "2001:db8::1",
        };

        var results = await ScanAsync("two", "1-500", new PortScanOptions { ThrottleLimit = 1 }, connector);

        Assert.Equal(500, results.Count);
        Assert.All(results.Values, static r => Assert.Equal(PortState.Closed, r.State));
        Assert.Single(connector.EndPoints, static e => e.AddressFamily == AddressFamily.InterNetworkV6);
    }

    [Fact]
    public async Task What_got_lost_on_the_way_is_sent_again()
    {
        var connector = new ScriptedConnector(static (endPoint, n) =>
            (n <= endPoint.Port % 4 ? SocketError.TimedOut : SocketError.ConnectionRefused, false));

        var results = await ScanAsync("127.0.0.1", "1-400", new PortScanOptions(), connector);

        Assert.All(results.Values, static r =>
        {
            Assert.Equal(PortState.Closed, r.State);
            Assert.Equal((r.Port % 4) + 1, r.Attempts);
        });
    }

    [Fact]
    public async Task Silent_ports_at_the_beginning_do_not_keep_the_others_waiting()
    {
        var order = new ConcurrentQueue<int>();
        var connector = new ScriptedConnector((endPoint, n) =>
        {
            order.Enqueue(n);
            return (endPoint.Port <= 1000 ? SocketError.TimedOut : SocketError.ConnectionRefused, false);
        });

        var results = await ScanAsync("127.0.0.1", "1-1500", new PortScanOptions { Timeout = TimeSpan.FromSeconds(1) }, connector);

        Assert.Equal(1000, results.Values.Count(static r => r.State == PortState.Filtered));
        Assert.DoesNotContain(order.Take(1000), static n => n > 1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task The_retry_count_is_a_ceiling(int retries, int attempts)
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.TimedOut, false));

        var result = (await ScanAsync("127.0.0.1", "80", new PortScanOptions { RetryCount = retries }, connector))[80];

        Assert.Equal(PortState.Filtered, result.State);
        Assert.Equal(attempts, result.Attempts);
    }

    [Fact]
    public async Task Only_silence_is_sent_again()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.HostUnreachable, false));

        Assert.Equal(1, (await ScanAsync("127.0.0.1", "80", new PortScanOptions(), connector))[80].Attempts);
    }

    [Fact]
    public async Task Tries_of_a_silent_port_stay_inside_its_time()
    {
        using var silent = new SilentPort();
        var options = new PortScanOptions { Timeout = TimeSpan.FromMilliseconds(1200) };
        var clock = Stopwatch.StartNew();

        var result = (await ScanAsync("127.0.0.1", $"{silent.Number}", options))[silent.Number];

        Assert.Equal(PortState.Filtered, result.State);
        Assert.InRange(result.Attempts, 2, 4);
        Assert.True(clock.Elapsed >= options.Timeout);
    }

    [Fact]
    public async Task The_rate_is_a_ceiling()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));
        var clock = Stopwatch.StartNew();

        var results = await ScanAsync("127.0.0.1", "1-100", new PortScanOptions { MaximumRate = 200 }, connector);

        Assert.Equal(100, results.Count);
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(0.48), clock.Elapsed.ToString());
    }

    [Fact]
    public async Task A_network_that_refuses_one_port_keeps_the_others_of_that_address()
    {
        _resolver.Knows("two", "192.0.2.1", "192.0.2.2");
        var connector = new ScriptedConnector(static (endPoint, _) => (endPoint.Port == 81 ? SocketError.NetworkUnreachable
            : endPoint.Address.ToString() == "192.0.2.1" ? SocketError.Success : SocketError.ConnectionRefused, false));

        var results = await ScanAsync("two", "81,80", new PortScanOptions { ThrottleLimit = 1 }, connector);

        Assert.Equal((PortState.Filtered, Reason.NetworkUnreachable), (results[81].State, results[81].Reason));
        Assert.Equal((PortState.Open, "192.0.2.1"), (results[80].State, results[80].Address));
    }

    [Fact]
    public async Task A_port_that_answers_late_is_waited_for()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false))
        {
            LatePort = 9,
            Late = TimeSpan.FromMilliseconds(300),
        };

        var results = await ScanAsync("127.0.0.1", "1-300", new PortScanOptions(), connector);

        Assert.Equal(PortState.Closed, results[9].State);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_gives_a_row_a_port()
    {
        var observer = new PortScanRecorder();

        var results = await ScanAsync("nowhere", "1-50", new PortScanOptions(), observer: observer);

        Assert.Equal(50, results.Count);
        Assert.All(results.Values, static r =>
        {
            Assert.Equal((PortState.Unknown, Reason.NameNotResolved, "EAI_NONAME"), (r.State, r.Reason, r.ErrorName));
            Assert.Equal(0, r.Attempts);
        });
        Assert.Single(observer.FailedNames);
    }

    [Fact]
    public async Task Many_hosts_share_the_scan()
    {
        var observer = new PortScanRecorder();

        await ScanAsync("127.20.0.0/22", "7", new PortScanOptions(), observer: observer);

        Assert.Equal(1024, observer.Results.Select(static r => r.ComputerName).Distinct().Count());
    }

    [Fact]
    public async Task The_end_of_a_host_is_told_after_its_last_answer()
    {
        _resolver.Knows("known", "127.0.0.1");
        var observer = new PortScanRecorder();

        await ScanAsync("known, nowhere, 127.0.0.2", "1-100", new PortScanOptions(), observer: observer);

        Assert.Equal(["127.0.0.2 100", "known 100", "nowhere 100"], observer.EndedHosts.Order());
    }

    [Fact]
    public async Task Results_wait_for_a_slow_taker()
    {
        var observer = new PortScanRecorder { Holding = new TaskCompletionSource(), Held = new Tally(10) };
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));
        var scan = ScanAsync("127.0.0.1", "1-1000", new PortScanOptions { ThrottleLimit = 10 }, connector, observer);
        await observer.Held.Reached.WaitAsync(Hang, TestContext.Current.CancellationToken);

        Assert.Equal(10, observer.Results.Count);
        observer.Holding.SetResult();

        Assert.Equal(1000, (await scan).Count);
    }

    [Fact]
    public async Task A_taker_that_fails_ends_the_scan_with_its_error()
    {
        var observer = new PortScanRecorder { Holding = new TaskCompletionSource() };
        observer.Holding.SetException(new InvalidOperationException("full"));
        var connector = new ScriptedConnector(static (_, _) => (SocketError.ConnectionRefused, false));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ScanAsync("127.0.0.0/20", "1-10", new PortScanOptions(), connector, observer));

        Assert.Equal("full", error.Message);
    }

    [Fact]
    public async Task A_datagram_scan_tells_what_answers_what_refuses_and_what_is_silent()
    {
        using var open = UdpPeer.Start(IPAddress.Loopback);
        using var silent = UdpPeer.Start(IPAddress.Loopback);
        int closed;
        using (var gone = UdpPeer.Start(IPAddress.Loopback))
            closed = gone.EndPoint.Port;
        var options = new PortScanOptions
        {
            Protocol = TransportProtocol.Udp,
            RequestFor = static _ => new DatagramRequest(static _ => [1, 2]),
            RetryCount = 1,
            Timeout = TimeSpan.FromMilliseconds(300),
        };
        var answering = open.AnswerAsync(static request => request);
        var observer = new PortScanRecorder();

        var results = await ScanAsync(
            "127.0.0.1", $"{open.EndPoint.Port},{silent.EndPoint.Port},{closed}", options, new DatagramConnector(), observer);

        Assert.Equal([1, 2], await answering);
        Assert.Equal(PortState.Open, results[open.EndPoint.Port].State);
        Assert.Equal(PortState.Closed, results[closed].State);
        Assert.Equal((PortState.OpenOrFiltered, Reason.TimedOut, 2),
            (results[silent.EndPoint.Port].State, results[silent.EndPoint.Port].Reason, results[silent.EndPoint.Port].Attempts));
        Assert.Equal(2, silent.Waiting);
    }

    [Fact]
    public async Task Cancellation_ends_the_scan_with_probes_under_way()
    {
        using var silent = new SilentPort();
        using var cancel = new CancellationTokenSource();
        var connector = new EventArgsConnector();
        using var scanner = new PortScanner(
            new PortScanOptions { Timeout = Hang }, new PortScanRecorder(), connector, new HostResolver(_resolver), cancel.Token);
        await scanner.AddAsync(new HostTarget("127.0.0.1", null), PortSet.Parse($"{silent.Number}"));
        var complete = scanner.CompleteAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => complete.WaitAsync(Hang, TestContext.Current.CancellationToken));
    }

    private async Task<Dictionary<int, TcpPortResult>> ScanAsync(
        string hosts, string ports, PortScanOptions options, IConnector? connector = null, PortScanRecorder? observer = null)
    {
        observer ??= new PortScanRecorder();
        var cancellation = TestContext.Current.CancellationToken;
        using var scanner = new PortScanner(options, observer, connector ?? new EventArgsConnector(), new HostResolver(_resolver), cancellation);
        var set = PortSet.Parse(ports);
        foreach (var host in HostSet.Parse(hosts))
            await scanner.AddAsync(host, set);
        await scanner.CompleteAsync().WaitAsync(Hang, cancellation);
        return observer.Results.GroupBy(static r => r.Port).ToDictionary(static g => g.Key, static g => g.First());
    }
}
