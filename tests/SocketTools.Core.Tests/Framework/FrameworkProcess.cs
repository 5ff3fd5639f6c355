using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A job of the core's build for .NET Framework, in a process of Mono's (SocketTools.FrameworkHost).</summary>
internal sealed class FrameworkProcess : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(120);

    private static readonly string Program = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "FrameworkHostPath").Value!;

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly string _job;

    private FrameworkProcess(string[] job)
    {
        _job = job[0];
        _process = Process.Start(new ProcessStartInfo(Tool.Require("mono"), [Program, .. job])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _error = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts a job; skips the test where there is no Mono.</summary>
    public static FrameworkProcess Start(params string[] job) => new(job);

    /// <summary>Runs a job to its end.</summary>
    /// <returns>What it saw.</returns>
    public static async Task<string> RunAsync(params string[] job)
    {
        using var process = Start(job);
        return await process.EndAsync();
    }

    /// <summary>The next line that it prints; its failure is the test's.</summary>
    public async Task<string> ReadAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var line = await _process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Hang, cancellation);
        if (line is null)
            Assert.Fail(await _error);
        return line!;
    }

    /// <summary>Tells it that nothing more is to come, and waits for the end, which must be a good one.</summary>
    /// <returns>What it saw.</returns>
    public async Task<string> EndAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _process.StandardInput.Close();
        var line = await ReadAsync();
        await _process.WaitForExitAsync(cancellation).WaitAsync(Hang, cancellation);
        Assert.Equal((0, ""), (_process.ExitCode, await _error));
        Assert.StartsWith($"{_job}: ", line);
        return line[(_job.Length + 2)..];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
