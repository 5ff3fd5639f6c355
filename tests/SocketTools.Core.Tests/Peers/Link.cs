using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A slow and lossy way to another host: a network of its own for a process, which link.c makes.</summary>
internal sealed class Link
{
    /// <summary>The host at the other end.</summary>
    public const string FarAddress = "10.77.0.2";

    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Peers", "link.c");
    private static readonly SemaphoreSlim Making = new(1, 1);
    private static string? _program;

    /// <summary>How long a packet is on the way, each way.</summary>
    public int DelayMs { get; init; }

    /// <summary>How many of a hundred packets get lost, each way.</summary>
    public double LossPercent { get; init; }

    /// <summary>Which packets get lost.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ports of the other end that are open: <c>22,80</c>.</summary>
    public string OpenPorts { get; init; } = "";

    /// <summary>Ports of the other end that do not answer: <c>100-200</c>.</summary>
    public string? SilentPorts { get; init; }

    /// <summary>The local ports that connections start from: <c>40000-40199</c>.</summary>
    public string? LocalPorts { get; init; }

    /// <summary>How to start a command at the near end; skips the test where no link can be made.</summary>
    public async Task<ProcessStartInfo> AroundAsync(IEnumerable<string> command, CancellationToken cancellation) =>
        new(await RequireAsync(cancellation), [.. Options(), .. command]);

    private IEnumerable<string> Options()
    {
        yield return "-d" + DelayMs.ToString(CultureInfo.InvariantCulture);
        yield return "-l" + LossPercent.ToString(CultureInfo.InvariantCulture);
        yield return "-s" + Seed.ToString(CultureInfo.InvariantCulture);
        if (OpenPorts.Length > 0)
            yield return "-o" + OpenPorts;
        if (SilentPorts is not null)
            yield return "-q" + SilentPorts;
        if (LocalPorts is not null)
            yield return "-p" + LocalPorts;
    }

    private static async Task<string> RequireAsync(CancellationToken cancellation)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has network namespaces");
        var compiler = Tool.Require("cc");
        await Making.WaitAsync(cancellation);
        try
        {
            _program ??= await MakeAsync(compiler, cancellation);
        }
        finally
        {
            Making.Release();
        }
        var (status, error) = await RunAsync(_program, ["true"], cancellation);
        Assert.SkipUnless(status == 0, $"no network of its own can be made here: {error.Trim()}");
        return _program;
    }

    private static async Task<string> MakeAsync(string compiler, CancellationToken cancellation)
    {
        var program = Path.ChangeExtension(Source, null);
        var (status, error) = await RunAsync(compiler, ["-O2", "-Wall", "-Wextra", "-Werror", "-o", program, Source], cancellation);
        Assert.True(status == 0, error);
        return program;
    }

    private static async Task<(int Status, string Error)> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, error);
    }
}
