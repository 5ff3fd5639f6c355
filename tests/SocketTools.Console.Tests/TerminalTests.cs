using System;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class TerminalTests
{
    private const string Red = "\e[31";
    private const string Green = "\e[32";
    private const string EraseBelow = "\r\e[J";
    private const string Progress = """
        $outer = [Management.Automation.ProgressRecord]::new(1, 'Scanning', 'half way')
        $outer.PercentComplete = 50
        $host.UI.WriteProgress(1, $outer)
        'row'
        $outer.RecordType = 'Completed'
        $host.UI.WriteProgress(1, $outer)
        'end'
        """;

    [Fact]
    public async Task TablesAndErrors_AreColoured()
    {
        using var console = ConsoleProcess.StartOnTerminal("Get-Module SocketTools; Get-Command no-such-command");
        var outcome = await console.EndAsync();
        Assert.Contains(Green, outcome.Output);
        Assert.Contains(Red, outcome.Output);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task NoColor_IsObeyed()
    {
        using var console = ConsoleProcess.StartOnTerminal(
            "Get-Module SocketTools; $host.UI.Write('Red', 'Blue', 'h'); Get-Command no-such-command", ("NO_COLOR", "1"));
        var outcome = await console.EndAsync();
        Assert.Contains("no-such-command", outcome.Output);
        Assert.DoesNotMatch(@"\e\[[\d;]*m", outcome.Output);
    }

    [Fact]
    public async Task DumbTerminal_GetsNoEscapes()
    {
        using var console = ConsoleProcess.StartOnTerminal(Progress + "; Get-Module SocketTools", ("TERM", "dumb"));
        var outcome = await console.EndAsync();
        Assert.DoesNotContain("\e", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Scanning", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_IsDrawn_AndErasedBeforeOtherOutput()
    {
        using var console = ConsoleProcess.StartOnTerminal(Progress);
        var outcome = await console.EndAsync();
        var drawn = outcome.Output.IndexOf("Scanning [\e[7mhalf way", StringComparison.Ordinal);
        var erased = outcome.Output.IndexOf(EraseBelow, StringComparison.Ordinal);
        var row = outcome.Output.IndexOf("row", StringComparison.Ordinal);
        Assert.True(0 <= drawn && drawn < erased && erased < row, outcome.Output);
        Assert.DoesNotContain("Scanning", outcome.Output[outcome.Output.IndexOf("end", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task MandatoryParameters_AreAskedFor()
    {
        using var console = ConsoleProcess.StartOnTerminal(
            "function Need { param([Parameter(Mandatory)][int] $Number, [Parameter(Mandatory)][int[]] $List) @($Number) + $List }; Need");
        await console.WaitForAsync("Number: ");
        await console.TypeAsync("1\n");
        await console.WaitForAsync("List[0]: ");
        await console.TypeAsync("2\n");
        await console.WaitForAsync("List[1]: ");
        await console.TypeAsync("\n");
        var outcome = await console.EndAsync();
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("\n1\r\n2\r\n", outcome.Output);
    }

    [Fact]
    public async Task Confirmation_IsAskedFor()
    {
        using var console = ConsoleProcess.StartOnTerminal("""
            function Ask { [CmdletBinding(SupportsShouldProcess)] param() if ($PSCmdlet.ShouldProcess('it')) { 'did' } else { 'left' } }
            Ask -Confirm; Ask -Confirm
            """);
        const string question = "[?] Help (default is \"Y\"): ";
        await console.WaitForAsync(question);
        await console.TypeAsync("n\n");
        await console.WaitForAsync("left");
        await console.WaitForAsync(question);
        await console.TypeAsync("\n");
        await console.WaitForAsync("did");
        Assert.Equal(0, (await console.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Secret_IsMasked_AndCanBeCorrected()
    {
        using var console = ConsoleProcess.StartOnTerminal(
            "$secret = $host.UI.PromptForCredential('', '', 'bob', ''); $secret.GetNetworkCredential().Password");
        await console.WaitForAsync("Password for user bob: ");
        await console.TypeAsync("abx\u007fc\r");
        var outcome = await console.EndAsync();
        // Whether the kernel or the console takes the x back depends on who came first to the keys.
        Assert.Contains("***", outcome.Output);
        Assert.Contains("\r\nabc\r\n", outcome.Output);
    }

    [Theory]
    [InlineData("'ready'; while ($true) {}")]
    [InlineData("'ready'; $host.UI.ReadLine()")]
    [InlineData("'ready'; $host.UI.ReadLineAsSecureString()")]
    public async Task ControlC_StopsTheCommand(string command)
    {
        using var console = ConsoleProcess.StartOnTerminal(command);
        await console.WaitForAsync("ready");
        await console.TypeAsync("\u0003");
        var outcome = await console.EndAsync();
        Assert.Equal(130, outcome.ExitCode);
        Assert.DoesNotContain("did not stop", outcome.Output);
    }
}
