using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What is asked of ports.</summary>
internal static class ProbeJobs
{
    // An answer ends the wait; on a busy machine it may be long in coming.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary><c>CONNECTOR HOST PORTS</c>: each port's state, by port.</summary>
    public static async Task<string> ScanAsync(string[] arguments)
    {
        using var connector = Connector(arguments[0]);
        var options = new PortScanOptions { Timeout = Timeout };
        return $"{connector.Name} {await ScanAsync(connector, options, arguments[1], arguments[2])}";
    }

    /// <summary><c>HOST PORTS PROBE</c>: the same over UDP.</summary>
    public static async Task<string> ScanUdpAsync(string[] arguments)
    {
        var request = UdpProbes.Named(arguments[2])!.Request;
        var options = new PortScanOptions
        {
            Protocol = TransportProtocol.Udp,
            RequestFor = _ => request,
            RetryCount = 0,
            Timeout = Timeout,
        };
        using var connector = new DatagramConnector();
        return await ScanAsync(connector, options, arguments[0], arguments[1]);
    }

    /// <summary><c>CONNECTOR HOST PORTS</c>: the report of the host.</summary>
    public static async Task<string> FindAsync(string[] arguments)
    {
        var observer = new Observer();
        var options = new OpenPortOptions { Scan = new PortScanOptions { Timeout = Timeout } };
        using var connector = Connector(arguments[0]);
        using var finder = new OpenPortFinder(
            options, observer, connector, new HostResolver(), static () => null, CancellationToken.None);
        await finder.AddAsync(HostTarget.Parse(arguments[1]), PortSet.Parse(arguments[2]));
        await finder.CompleteAsync();
        var report = observer.Reports.Single();
        return $"{report}; {string.Join(", ", report.Reasons.Select(static reason => reason.ToString()))}";
    }

    /// <summary><c>CONNECTOR HOST PORT</c>: waits until the port is open; prints a line <c>closed</c> where it finds it
    /// closed.</summary>
    public static async Task<string> WaitAsync(string[] arguments)
    {
        var observer = new Observer();
        using var connector = Connector(arguments[0]);
        using var waiter = new PortWaiter(
            new PortWaitOptions { Interval = TimeSpan.FromMilliseconds(10) }, observer, new HostResolver());
        waiter.Add(HostTarget.Parse(arguments[1]), PortSet.Parse(arguments[2]));
        var isReached = await waiter.RunAsync(connector, CancellationToken.None);
        return $"{isReached} {Text(observer.Answers)}";
    }

    /// <summary><c>CONNECTOR HOST PORT COUNT</c>: how many samples went and came back.</summary>
    public static async Task<string> MeasureAsync(string[] arguments)
    {
        var observer = new Observer();
        var options = new LatencyOptions
        {
            Count = int.Parse(arguments[3], CultureInfo.InvariantCulture),
            Interval = TimeSpan.FromMilliseconds(5),
            Timeout = Timeout,
        };
        using var connector = Connector(arguments[0]);
        using var sampler = new LatencySampler(
            options, observer, connector, new HostResolver(), CancellationToken.None);
        await sampler.AddAsync(HostTarget.Parse(arguments[1]), PortSet.Parse(arguments[2]));
        await sampler.CompleteAsync();
        var measured = observer.Statistics.Single();
        var (least, median, most) = (measured.MinMs, measured.MedianMs, measured.MaxMs);
        var order = least > 0 && least <= median && median <= most ? "in order" : $"{least} {median} {most}";
        return $"{measured.Received} of {measured.Sent} {measured.State}, {order}";
    }

    private static IConnector Connector(string name) =>
        name == "portable" ? new EventArgsConnector() : TcpConnector.Create();

    private static async Task<string> ScanAsync(
        IConnector connector, PortScanOptions options, string host, string ports)
    {
        var observer = new Observer();
        using var scanner = new PortScanner(options, observer, connector, new HostResolver(), CancellationToken.None);
        await scanner.AddAsync(HostTarget.Parse(host), PortSet.Parse(ports));
        await scanner.CompleteAsync();
        return Text(observer.Answers);
    }

    private static string Text(IEnumerable<PortAnswer> answers) =>
        string.Join(", ", answers.OrderBy(static answer => answer.Port).Select(Text));

    private static string Text(PortAnswer answer)
    {
        var text = $"{answer.Port} {answer.State} {answer.Why.Reason}";
        return answer.Why.ErrorName is { } name ? $"{text} {name}" : text;
    }

    private sealed class Observer : IPortScanObserver, IOpenPortObserver, IPortWaitObserver, ILatencyObserver
    {
        public ConcurrentQueue<PortAnswer> Answers { get; } = new();

        public ConcurrentQueue<PortScanReport> Reports { get; } = new();

        public ConcurrentQueue<LatencyStatistics> Statistics { get; } = new();

        public Task ReportAsync(in PortAnswer answer) => Keep(Answers, answer);

        public Task ReportAsync(PortScanReport report) => Keep(Reports, report);

        public Task ReachedAsync(in PortAnswer answer) => Keep(Answers, answer);

        public Task MeasuredAsync(LatencyStatistics statistics) => Keep(Statistics, statistics);

        public Task SampledAsync(LatencySample sample) => Task.CompletedTask;

        public Task HostEndedAsync(HostWork host) => Task.CompletedTask;

        public void LeftOut(IReadOnlyDictionary<Reason, long> why, long asked) =>
            throw new InvalidOperationException($"{asked} hosts were left out.");

        public void NameFailed(string computerName, string message) => throw new InvalidOperationException(message);

        public void RanShort(Failure why) => throw new InvalidOperationException($"It ran short: {why.ErrorName}.");

        public void Progressed(PortScanProgress progress)
        {
        }

        public void Progressed(PortWaitProgress progress)
        {
        }

        public void Detail(string message)
        {
            if (message.Contains(" Closed"))
                Console.WriteLine("closed");
        }

        private static Task Keep<T>(ConcurrentQueue<T> all, T one)
        {
            all.Enqueue(one);
            return Task.CompletedTask;
        }
    }
}
