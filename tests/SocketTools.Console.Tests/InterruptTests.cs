using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class InterruptTests
{
    [Fact]
    public async Task Loop_IsStopped_AndItsFinallyBlockRun()
    {
        using var console = StartInterruptible("try { 'ready'; while ($true) {} } finally { $host.UI.WriteLine('cleaned') }");
        await console.WaitForAsync("ready");
        await InterruptAsync(console);
        var outcome = await console.EndAsync();
        Assert.Equal(new Outcome(130, "ready\ncleaned\n", ""), outcome);
    }

    [Fact]
    public async Task Script_IsStopped()
    {
        using var script = new ScriptFile("'ready'; while ($true) {}");
        using var console = StartInterruptible("-File", script.Path);
        await console.WaitForAsync("ready");
        await InterruptAsync(console);
        Assert.Equal(new Outcome(130, "ready\n", ""), await console.EndAsync());
    }

    [Fact]
    public async Task BlockingWait_IsEnded_AndSaysSo()
    {
        using var console = StartInterruptible("'ready'; [Threading.Thread]::Sleep(-1)");
        await console.WaitForAsync("ready");
        await InterruptAsync(console);
        var outcome = await console.EndAsync();
        Assert.Equal(130, outcome.ExitCode);
        Assert.Contains("did not stop", outcome.Error);
    }

    [Fact]
    public async Task SecondInterrupt_EndsAtOnce()
    {
        using var console = StartInterruptible(
            "try { 'ready'; while ($true) {} } finally { $host.UI.WriteLine('stopping'); [Threading.Thread]::Sleep(-1) }");
        await console.WaitForAsync("ready");
        await InterruptAsync(console);
        await console.WaitForAsync("stopping");
        await InterruptAsync(console);
        Assert.Equal(new Outcome(130, "ready\nstopping\n", ""), await console.EndAsync());
    }

    private static ConsoleProcess StartInterruptible(params string[] arguments)
    {
        Assert.SkipWhen(System.OperatingSystem.IsWindows(), "Windows has no SIGINT to send to one process");
        return ConsoleProcess.StartInterruptible(arguments);
    }

    private static async Task InterruptAsync(ConsoleProcess console)
    {
        using var kill = Process.Start("kill", ["-INT", console.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }
}
