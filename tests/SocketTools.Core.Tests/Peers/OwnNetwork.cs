using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A network of the test's own, from which nothing leaves: a loopback where every port is free, and a link with the
/// address 10.77.0.1 that leads nowhere. What a test starts and opens on the thread that it is given is in there.</summary>
internal static class OwnNetwork
{
    public const string LinkAddress = "10.77.0.1";

    private const int NewNetwork = 0x40000000; // CLONE_NEWNET

    /// <summary>Runs a test in a network of its own; skips it where none can be made.</summary>
    public static Task RunAsync(Action test)
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "only Linux has network namespaces");
        Assert.SkipUnless(Environment.UserName == "root", "only root can make a network namespace");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Assert.SkipWhen(Unshare(NewNetwork) != 0, "this system allows no network namespaces");
                Ip("link set lo up");
                Ip("link add near type veth peer name far");
                Ip($"address add {LinkAddress}/24 dev near");
                Ip("link set near up");
                Ip("link set far up");
                Ip("address add fe80::77/64 dev near nodad");
                Ip("route add 224.0.0.0/4 dev near");
                test();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return ended.Task;
    }

    private static void Ip(string words)
    {
        using var process = Process.Start(new ProcessStartInfo(Tool.Require("ip"), words) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipUnless(process.ExitCode == 0, $"ip {words}: {error}");
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unshare(int flags);
}
