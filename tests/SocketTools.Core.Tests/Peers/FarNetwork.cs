using System;
using System.Diagnostics;

namespace SocketTools.Tests;

/// <summary>A router at the far end of <see cref="OwnNetwork"/>'s link, at 10.77.0.2 and fd77::2, to which 10.99.0.0/16 and fd99::/16
/// lead: it says that 10.99.1.0/24 and fd99:1::/32 are prohibited and that 10.99.2.0/24 is unreachable, and swallows 10.99.3.0/24.</summary>
internal sealed class FarNetwork : IDisposable
{
    public const string Address = "10.77.0.2";

    private readonly Process _process;

    public FarNetwork()
    {
        _process = Process.Start(new ProcessStartInfo(Tool.Require("unshare"), ["--net", "sh", "-c", "echo ready; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _ = _process.StandardOutput.ReadLine();
        Run("ip", "link", "set", "far", "netns", $"{_process.Id}");
        Run("ip", "address", "add", "fd77::1/64", "dev", "near", "nodad");
        Run("ip", "route", "add", "10.99.0.0/16", "via", Address);
        Run("ip", "route", "add", "fd99::/16", "via", "fd77::2");
        Far("ip link set lo up; ip link set far up; ip address add 10.77.0.2/24 dev far; ip address add fd77::2/64 dev far nodad");
        Far("echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding");
        Far("ip route add prohibit 10.99.1.0/24; ip route add unreachable 10.99.2.0/24; ip route add blackhole 10.99.3.0/24; ip route add prohibit fd99:1::/32");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Far(string script) => Run("nsenter", "--net", "--target", $"{_process.Id}", "sh", "-ec", script);

    private static void Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(Tool.Require(program), words))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
