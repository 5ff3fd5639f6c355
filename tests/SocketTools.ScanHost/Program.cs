using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using SocketTools;
using SocketTools.Tests;

// Prints "started PID"; of each run a line "HOST PORT STATE ATTEMPTS" a port and then "seconds N"; and waits for the end of
// its input, so that it can be looked at before it ends.
if (ClientRun.IsMeant(args))
{
    await ClientRun.RunAsync(args);
    return;
}
// "serve" and "hold PORT COUNT SECONDS" are for the tests of servers.
switch (args)
{
    case ["get", _, _]:
        HttpRun.Run(args);
        return;
    case ["serve", .. var options]:
        ServeMode.Serve(options);
        return;
    case ["hold", var port, var count, var seconds]:
        ServeMode.Hold(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
        return;
}
var arguments = new ScanArguments(args);
if (arguments.SpareDescriptors is { } spare)
    DescriptorLimit.LeaveRoomFor(spare);
foreach (var listener in arguments.Listeners)
    _ = AcceptAsync(listener);
Console.WriteLine($"started {Environment.ProcessId}");
if (arguments.IsWarm)
    await ScanAsync(ScanArguments.Parse(["127.0.0.1:1-30000"]));
for (var run = 0; run < arguments.Runs && arguments.Targets.Any(); run++)
    Print(await ScanAsync(arguments.Targets));
await Console.In.ReadToEndAsync();

async Task<(IEnumerable<PortAnswer> Answers, double Seconds)> ScanAsync(IEnumerable<(HostTarget Host, PortSet Ports)> targets)
{
    var observer = new Collector();
    var options = new PortScanOptions { Timeout = arguments.Timeout, RetryCount = arguments.Retries, States = arguments.States };
    var clock = Stopwatch.StartNew();
    using var scanner = new PortScanner(
        options, observer, arguments.IsPortable ? new EventArgsConnector() : TcpConnector.Create(), new HostResolver(), CancellationToken.None);
    foreach (var (host, ports) in targets)
        await scanner.AddAsync(host, ports);
    await scanner.CompleteAsync();
    return (observer.Answers, clock.Elapsed.TotalSeconds);
}

static void Print((IEnumerable<PortAnswer> Answers, double Seconds) run)
{
    var rows = run.Answers.Select(static a => $"{a.Host.ComputerName} {a.Port} {a.State} {a.Attempts}\n");
    Console.Out.Write(string.Concat(rows));
    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds {run.Seconds:0.0000}"));
}

static async Task AcceptAsync(int port)
{
    using var listener = new TcpListener(IPAddress.Any, port);
    listener.Start();
    while (true)
        (await listener.AcceptSocketAsync()).Dispose();
}

internal sealed class Collector : IPortScanObserver
{
    public ConcurrentQueue<PortAnswer> Answers { get; } = [];

    public Task ReportAsync(in PortAnswer answer)
    {
        Answers.Enqueue(answer);
        return Task.CompletedTask;
    }

    public Task HostEndedAsync(HostWork host) => Task.CompletedTask;

    public void NameFailed(string computerName, string message) => Console.Error.WriteLine(message);

    public void RanShort(Failure why) => Console.Error.WriteLine($"ran short: {why.ErrorName}");

    public void Progressed(PortScanProgress progress)
    {
    }

    public void Detail(string message)
    {
    }
}
