using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a serving process is at.</summary>
internal sealed record ServerFigures(
    long Accepted, long Open, long BytesReceived, long BytesSent, long Errors, long WorkingSet, long Threads, long Descriptors, long ProcessorMs);

/// <summary>An echo server, or its load, in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(180);

    private static readonly string Program = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ScanHostPath").Value!;

    private readonly Process _process;
    private bool _isDisposed;

    private ServerProcess(string[] arguments) => _process = Process.Start(
        new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

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
        return new ServerFigures(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }

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
