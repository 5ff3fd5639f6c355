using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Programs of this machine that tests compare with or talk to.</summary>
internal static class Tool
{
    private static readonly string[] AlsoHere = ["/usr/sbin", "/sbin"];

    /// <summary>The program's path; skips the test when it is not installed.</summary>
    public static string Require(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(AlsoHere)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed");
        return path!;
    }

    /// <summary>What the program writes to its standard output.</summary>
    public static async Task<byte[]> OutputAsync(string name, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Require(name), arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
        await process.WaitForExitAsync(cancellation);
        return output.ToArray();
    }
}
