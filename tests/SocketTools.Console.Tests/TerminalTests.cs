using System;
using System.Linq;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

/// <summary>What someone at a terminal sees of the console.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task WithoutArguments_ASessionWithTheModuleAndPSReadLine_BeginsWithAHint()
    {
        await using var terminal = await Terminal.StartAsync();
        await terminal.WaitForAsync("Get-Command -Module SocketTools");
        await terminal.WaitForPromptAsync();
        await terminal.RunAsync("(Get-Module).Name -join '+'");
        await terminal.WaitForAsync("PSReadLine+SocketTools");
        await terminal.WaitForPromptAsync();
        await terminal.RunAsync("exit 5");
        Assert.Equal(5, await terminal.EndAsync());
    }

    [Fact]
    public async Task NoExit_LeavesASession()
    {
        await using var terminal = await Terminal.StartAsync("-NoProfile", "-NoExit", "-Command", "$number = 6 * 7");
        await terminal.WaitForPromptAsync();
        await terminal.RunAsync("\"number $number\"");
        await terminal.WaitForAsync("number 42");
        await terminal.WaitForPromptAsync();
        await terminal.RunAsync("exit");
        Assert.Equal(0, await terminal.EndAsync());
    }

    [Theory]
    [InlineData("COLORTERM", true)]
    [InlineData("NO_COLOR", false)]
    public async Task Tables_AreColoured_UnlessNoColorIsSet(string variable, bool isColoured)
    {
        await using var terminal = await Terminal.StartAsync(["Test-TcpPort 127.0.0.1 9"], (variable, "1"));
        await terminal.WaitForAsync("ConnectionRefused");
        var row = (await terminal.ScreenAsync(withColors: true)).Single(line => line.Contains("ConnectionRefused", StringComparison.Ordinal));
        Assert.Equal(isColoured, row.Contains("\e[31m", StringComparison.Ordinal));
        Assert.Equal(0, await terminal.EndAsync());
    }

    [Fact]
    public async Task ControlC_EndsACommand()
    {
        await using var terminal = await Terminal.StartAsync("'ready'; Wait-TcpPort 127.0.0.1 9 -TimeoutSeconds 600");
        await terminal.WaitForAsync("ready");
        await terminal.PressAsync("C-c");
        Assert.NotEqual(0, await terminal.EndAsync());
    }
}
