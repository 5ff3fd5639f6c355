using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class PortWaiterTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    private static readonly PortWaitOptions Patient = new() { Interval = Short };
    private static readonly PortWaitOptions Impatient = new() { Interval = Short, Total = TimeSpan.FromSeconds(1.5) };

    private readonly ScriptedResolver _resolver = new();
    private readonly Observer _observer = new();

    [Fact]
    public async Task A_port_that_is_open_already_ends_the_wait_at_once()
    {
        using var open = LoopbackPort.Open();
        using var waiter = Waiter(Patient, "127.0.0.1", $"{open.Number}");

        Assert.True(await RunAsync(waiter));
        Assert.Equal((open.Number, PortState.Open), _observer.Reached.Select(static a => (a.Port, a.State)).Single());
        Assert.Empty(waiter.Missing);
    }

    [Fact]
    public async Task A_port_that_opens_later_is_waited_for()
    {
        using var port = LoopbackPort.Closed();
        using var waiter = Waiter(Patient, "127.0.0.1", $"{port.Number}");
        _observer.OnDetail($"127.0.0.1:{port.Number} Closed", port.Listen);

        Assert.True(await RunAsync(waiter));
        Assert.Equal(PortState.Open, Assert.Single(_observer.Reached).State);
    }

    [Fact]
    public async Task A_port_that_closes_later_is_waited_for()
    {
        using var held = LoopbackPort.Closed();
        using var port = LoopbackPort.Open();
        using var waiter = Waiter(new PortWaitOptions { Interval = Short, States = [PortState.Closed] }, "127.0.0.1", $"{port.Number}");
        _observer.OnDetail($"127.0.0.1:{port.Number} Open", port.Dispose);

        Assert.True(await RunAsync(waiter));
        Assert.Equal(Reason.ConnectionRefused, Assert.Single(_observer.Reached).Why.Reason);
    }

    [Fact]
    public async Task All_are_waited_for_and_each_is_told_when_it_is_there()
    {
        using var first = LoopbackPort.Open();
        using var second = LoopbackPort.Closed();
        using var waiter = Waiter(Patient, "127.0.0.1", $"{second.Number},{first.Number}");
        _observer.OnReached(first.Number, second.Listen);

        Assert.True(await RunAsync(waiter));
        Assert.Equal([first.Number, second.Number], _observer.Reached.Select(static a => a.Port));
    }

    [Fact]
    public async Task Any_ends_with_the_first()
    {
        using var open = LoopbackPort.Open();
        using var closed = LoopbackPort.Closed();
        using var waiter = Waiter(new PortWaitOptions { Interval = Short, Any = true }, "127.0.0.1", $"{closed.Number},{open.Number}");

        Assert.True(await RunAsync(waiter));
        Assert.Equal(open.Number, Assert.Single(_observer.Reached).Port);
    }

    [Fact]
    public async Task Any_is_told_of_one_although_all_are_open()
    {
        var connector = new ScriptedConnector(static (_, _) => (SocketError.Success, false));
        using var waiter = Waiter(new PortWaitOptions { Any = true }, "192.0.2.1-20", "1-20");

        Assert.True(await RunAsync(waiter, connector));
        Assert.Single(_observer.Reached);
    }

    [Fact]
    public async Task The_time_is_a_limit_and_what_is_missing_is_known_by_its_last_state()
    {
        using var open = LoopbackPort.Open();
        using var closed = LoopbackPort.Closed();
        using var silent = new SilentPort();
        using var waiter = Waiter(Impatient, "127.0.0.1", $"{open.Number},{silent.Number},{closed.Number}");
        waiter.Add(new HostTarget("nowhere", null), PortSet.Parse("80"));
        var clock = Stopwatch.StartNew();

        Assert.False(await RunAsync(waiter));

        Assert.True(clock.Elapsed >= Impatient.Total);
        Assert.Equal(open.Number, Assert.Single(_observer.Reached).Port);
        Assert.Equal(
            [
                (silent.Number, PortState.Filtered, Reason.TimedOut),
                (closed.Number, PortState.Closed, Reason.ConnectionRefused),
                (80, PortState.Unknown, Reason.NameNotResolved),
            ],
            waiter.Missing.Select(static m => (m.EndPoint.Port!.Value, m.Last!.Value.State, m.Last!.Value.Why.Reason)));
    }

    [Fact]
    public async Task No_attempt_and_no_look_up_outlasts_the_wait()
    {
        using var silent = new SilentPort();
        var hang = _resolver.Hangs("slow");
        var options = new PortWaitOptions { Total = TimeSpan.FromSeconds(1), Attempt = new PortScanOptions { Timeout = Hang } };
        using var waiter = Waiter(options, "127.0.0.1,slow", $"{silent.Number}");

        Assert.False(await RunAsync(waiter).WaitAsync(Hang / 4, TestContext.Current.CancellationToken));

        Assert.Equal([Reason.TimedOut, Reason.ResolutionTimedOut], waiter.Missing.Select(static m => m.Last!.Value.Why.Reason));
        hang.Set();
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_yet_is_waited_for()
    {
        using var open = LoopbackPort.Open();
        using var waiter = Waiter(Patient, "late", $"{open.Number}");
        _observer.OnDetail($"late:{open.Number} Unknown", () => _resolver.Knows("late", "127.0.0.1"));

        Assert.True(await RunAsync(waiter));
        Assert.Equal(("late", "127.0.0.1"), _observer.Reached.Select(static a => (a.Host.ComputerName, a.Address)).Single());
    }

    [Fact]
    public async Task A_name_that_moves_is_followed()
    {
        using var port = LoopbackPort.Open();
        _resolver.Knows("moves", "127.0.0.9");
        using var waiter = Waiter(Patient, "moves", $"{port.Number}");
        _observer.OnDetail($"moves:{port.Number} Closed", () => _resolver.Knows("moves", "127.0.0.1"));

        Assert.True(await RunAsync(waiter));
        Assert.Equal("127.0.0.1", Assert.Single(_observer.Reached).Address);
    }

    [Fact]
    public async Task Successes_in_a_row_are_counted()
    {
        var asked = 0;
        var connector = new ScriptedConnector((_, n) =>
        {
            asked = n;
            return (n is 1 or 3 or 4 or 6 or 7 or 8 ? SocketError.Success : SocketError.ConnectionRefused, false);
        });
        using var waiter = Waiter(new PortWaitOptions { Interval = Short, StableCount = 3 }, "192.0.2.1", "80");

        Assert.True(await RunAsync(waiter, connector));
        Assert.Equal(8, asked);
        Assert.Single(_observer.Reached);
    }

    [Fact]
    public async Task Hundreds_are_waited_for_at_once()
    {
        var connector = new ScriptedConnector(static (endPoint, n) => (n > endPoint.Port % 3 ? SocketError.Success : SocketError.ConnectionRefused, false));
        using var waiter = Waiter(Patient, "192.0.2.1-250", "1-4");

        Assert.True(await RunAsync(waiter, connector));
        Assert.Equal(1000, _observer.Reached.Select(static a => (a.Host.ComputerName, a.Port)).Distinct().Count());
        Assert.Equal(1000, _observer.Reached.Count);
    }

    [Fact]
    public async Task What_is_given_twice_is_waited_for_once()
    {
        using var open = LoopbackPort.Open();
        using var waiter = Waiter(Patient, "127.0.0.1,127.0.0.1", $"{open.Number}");

        Assert.True(await RunAsync(waiter));
        Assert.Single(_observer.Reached);
    }

    [Fact]
    public async Task Without_ports_nothing_came_to_pass()
    {
        using var waiter = new PortWaiter(Patient, _observer, new HostResolver(_resolver));

        Assert.False(await RunAsync(waiter));
    }

    [Fact]
    public async Task Without_ports_not_even_any_is_waited_for()
    {
        using var waiter = new PortWaiter(new PortWaitOptions { Any = true }, _observer, new HostResolver(_resolver));

        Assert.False(await RunAsync(waiter).WaitAsync(Hang / 4, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_shortage_on_this_side_is_waited_out()
    {
        var connector = new ScriptedConnector(static (_, n) => (n < 3 ? SocketError.TooManyOpenSockets : SocketError.Success, false));
        using var waiter = Waiter(Patient, "192.0.2.1", "80");

        Assert.True(await RunAsync(waiter, connector));
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var closed = LoopbackPort.Closed();
        using var silent = new SilentPort();
        using var cancel = new CancellationTokenSource();
        using var waiter = Waiter(Patient, "127.0.0.1", $"{closed.Number},{silent.Number}");
        _observer.OnDetail($"127.0.0.1:{closed.Number} Closed", cancel.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(waiter, cancellation: cancel.Token));
        Assert.Empty(_observer.Reached);
    }

    [Fact]
    public async Task Progress_tells_what_is_missing()
    {
        using var closed = LoopbackPort.Closed();
        using var open = LoopbackPort.Open();
        using var waiter = Waiter(Patient, "127.0.0.1", $"{open.Number},{closed.Number}");
        PortWaitProgress? seen = null;
        _observer.OnProgress(progress =>
        {
            if (seen is not null || progress.Missing.Count != 1 || !progress.Missing[0].EndsWith("Closed", StringComparison.Ordinal))
                return;
            seen = progress;
            closed.Listen();
        });

        Assert.True(await RunAsync(waiter));
        Assert.Equal((1, 2), (seen!.Value.Reached, seen.Value.Total));
        Assert.Equal([$"127.0.0.1:{closed.Number} Closed"], seen.Value.Missing);
        Assert.InRange(seen.Value.SecondsLeft, 0, 60);
    }

    private PortWaiter Waiter(PortWaitOptions options, string hosts, string ports)
    {
        var waiter = new PortWaiter(options, _observer, new HostResolver(_resolver));
        foreach (var host in HostSet.Parse(hosts))
            waiter.Add(host, PortSet.Parse(ports));
        return waiter;
    }

    private static Task<bool> RunAsync(PortWaiter waiter, IConnector? connector = null, CancellationToken? cancellation = null) =>
        waiter.RunAsync(connector ?? TcpConnector.Create(), cancellation ?? TestContext.Current.CancellationToken)
            .WaitAsync(Hang, TestContext.Current.CancellationToken);

    private sealed class Observer : IPortWaitObserver
    {
        private readonly ConcurrentDictionary<string, Action> _onDetail = new();
        private readonly ConcurrentDictionary<int, Action> _onReached = new();
        private Action<PortWaitProgress>? _onProgress;

        public ConcurrentQueue<PortAnswer> Reached { get; } = [];

        public void OnDetail(string start, Action action) => _onDetail[start] = action;

        public void OnReached(int port, Action action) => _onReached[port] = action;

        public void OnProgress(Action<PortWaitProgress> action) => _onProgress = action;

        public Task ReachedAsync(in PortAnswer answer)
        {
            Reached.Enqueue(answer);
            if (_onReached.TryRemove(answer.Port, out var action))
                action();
            return Task.CompletedTask;
        }

        public void Progressed(PortWaitProgress progress) => _onProgress?.Invoke(progress);

        public void Detail(string message)
        {
            foreach (var start in _onDetail.Keys.Where(start => message.StartsWith(start, StringComparison.Ordinal)))
            {
                if (_onDetail.TryRemove(start, out var action))
                    action();
            }
        }
    }
}
