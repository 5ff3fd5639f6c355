using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a process of its own found out about a port.</summary>
internal sealed record ScannedPort(string Host, int Port, PortState State, int Attempts);

/// <summary>All that a process of its own found out in one run.</summary>
internal sealed record ScanRun(IReadOnlyList<ScannedPort> Ports, double Seconds);

/// <summary>A process that scans, and waits until it is told to end.</summary>
internal sealed class ScanProcess : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(120);

    private static readonly string Program = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ScanHostPath").Value!;

    private readonly Process _process;
    private readonly Task<string> _error;

    private ScanProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The scanning process's own id, which is not the link's.</summary>
    public int Id { get; private set; }

    /// <summary>Starts a scan, behind a link when there is one; see ScanArguments for what can be asked for.</summary>
    public static async Task<ScanProcess> StartAsync(Link? link, params string[] arguments)
    {
        string[] command = ["dotnet", Program, .. arguments];
        var cancellation = TestContext.Current.CancellationToken;
        var process = new ScanProcess(
            link is null ? new ProcessStartInfo(command[0], command[1..]) : await link.AroundAsync(command, cancellation));
        var started = await process._process.StandardOutput.ReadLineAsync(cancellation);
        if (started is null)
            Assert.Fail(await process._error);
        process.Id = int.Parse(started["started ".Length..], CultureInfo.InvariantCulture);
        return process;
    }

    /// <summary>Scans to the end.</summary>
    public static async Task<IReadOnlyList<ScanRun>> RunAsync(Link? link, params string[] arguments)
    {
        using var process = await StartAsync(link, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for the scan and for the process, which must have come to a good end, and so must the link.</summary>
    public async Task<IReadOnlyList<ScanRun>> EndAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _process.StandardInput.Close();
        var output = await _process.StandardOutput.ReadToEndAsync(cancellation).WaitAsync(Hang, cancellation);
        await _process.WaitForExitAsync(cancellation).WaitAsync(Hang, cancellation);
        Assert.True(_process.ExitCode == 0, $"ended with {_process.ExitCode}: {await _error}");
        return [.. Read(output)];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static IEnumerable<ScanRun> Read(string output)
    {
        var ports = new List<ScannedPort>();
        using var lines = new StringReader(output);
        while (lines.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            if (words[0] != "seconds")
            {
                ports.Add(new ScannedPort(words[0], Number(words[1]), Enum.Parse<PortState>(words[2]), Number(words[3])));
                continue;
            }
            yield return new ScanRun(ports, double.Parse(words[1], CultureInfo.InvariantCulture));
            ports = [];
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
