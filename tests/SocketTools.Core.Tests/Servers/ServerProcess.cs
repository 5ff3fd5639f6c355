using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a serving process is at.</summary>
internal sealed record ServerFigures(
    long Accepted, long Open, long BytesReceived, long BytesSent, long Errors, long Memory,
    long WorkingSet, long Threads, long Descriptors, long ProcessorMs);

/// <summary>A server, or its load, in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(180);

    private static readonly string Program = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ScanHostPath").Value!;

    private readonly Process _process;
    private bool _isDisposed;

    private ServerProcess(string[] arguments)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(Path.ChangeExtension(Program, ".exe"), arguments)
            : new ProcessStartInfo("dotnet", [Program, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    public int Port { get; private set; }

    public static async Task<ServerProcess> StartAsync(params string[] options)
    {
        var process = new ServerProcess(["serve", .. options]);
        process.Port = int.Parse((await process.ReadAsync()).Split(' ')[2], CultureInfo.InvariantCulture);
        return process;
    }

    /// <summary>Holds connections to a server open; see ServeMode.</summary>
    public static ServerProcess Hold(int port, int count, int seconds) => new(["hold", $"{port}", $"{count}", $"{seconds}"]);

    public async Task<ServerFigures> LookAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        var n = (await ReadAsync()).Split(' ').Select(static word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        _process.Refresh();
        return new ServerFigures(
            n[0], n[1], n[2], n[3], n[4], n[5],
            _process.WorkingSet64, _process.Threads.Count, Descriptors().Count,
            (long)_process.TotalProcessorTime.TotalMilliseconds);
    }

    /// <summary>What it is at when nothing more has moved for a while: the buffers are full.</summary>
    public async Task<ServerFigures> LookWhenStillAsync()
    {
        var (figures, last) = (await LookAsync(), 0L);
        for (var still = 0; still < 10; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            figures = await LookAsync();
            var moved = figures.BytesReceived + figures.BytesSent;
            (last, still) = moved == last && moved > 0 ? (last, still + 1) : (moved, 0);
        }
        return figures;
    }

    /// <summary>Lets it open hardly more descriptors than it has, or again as many as it likes.</summary>
    public Task LimitDescriptorsAsync(bool atThose)
    {
        var open = Descriptors();
        // A number that is free is the first that it may not have: not one of the few low ones that its runtime has given back.
        var limit = atThose ? Enumerable.Range(open.Count / 2, int.MaxValue / 2).First(number => !open.Contains(number)) : 4096;
        return Tool.OutputAsync("prlimit", TestContext.Current.CancellationToken, "--pid", $"{_process.Id}", $"--nofile={limit}:");
    }

    /// <summary>Ends it in the middle of its work: because it has come to its end, or without a chance to do anything.</summary>
    public async Task EndAsync(bool kill)
    {
        if (kill)
            _process.Kill();
        else
            _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Hang);
    }

    private HashSet<int> Descriptors() => [.. Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd").Select(static path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];

    /// <summary>The next line that it prints.</summary>
    public async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Hang) ?? throw new InvalidOperationException("The process has ended.");

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
