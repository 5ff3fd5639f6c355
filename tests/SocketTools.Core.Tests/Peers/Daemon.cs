using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A server program of this machine, on a loopback port of the test's own.</summary>
internal sealed class Daemon : IDisposable
{
    private const int HangGuardSeconds = 30;
    private const int Terminate = 15; // SIGTERM

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private Daemon(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts a program that takes its port as an argument, and waits until it listens; skips the test when it is not installed.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments, by the port.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="word">What it prints when it listens; null when it does not mind a connection that is closed at once.</param>
    public static async Task<Daemon> StartAsync(string program, Func<int, IEnumerable<string>> arguments, CancellationToken cancellation, string? word = null)
    {
        var path = Tool.Require(program);
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(path, arguments(port)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        var announced = new TaskCompletionSource();
        process.OutputDataReceived += Look;
        process.ErrorDataReceived += Look;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var daemon = new Daemon(process, port);
        var clock = Stopwatch.StartNew();
        // That it listens shows only when somebody connects.
        while (word is null ? !await ListensAsync(port, cancellation) : !announced.Task.IsCompleted)
        {
            if (process.HasExited || clock.Elapsed.TotalSeconds > HangGuardSeconds)
            {
                daemon.Dispose();
                Assert.Fail($"{program} did not listen on {port}.");
            }
            await Task.Delay(20, cancellation);
        }
        return daemon;

        void Look(object sender, DataReceivedEventArgs line)
        {
            if (word is not null && line.Data?.Contains(word, StringComparison.Ordinal) == true)
                announced.TrySetResult();
        }
    }

    public void Dispose()
    {
        // Asked to, it takes back what it holds of the system: shared memory, files.
        if (!_process.HasExited && (OperatingSystem.IsWindows() || Signal(_process.Id, Terminate) != 0 || !_process.WaitForExit(TimeToEnd)))
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
