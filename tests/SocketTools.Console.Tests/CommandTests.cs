using System;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class CommandTests
{
    [Fact]
    public async Task Module_IsImported_WhereverTheCommandIsRun()
    {
        var outcome = await ConsoleProcess.RunAsync(
            "(Get-Command Test-TcpPort).Source; (Get-Module SocketTools).Count; [SocketTools.PortState]::Open");
        Assert.Equal(new Outcome(0, "SocketTools\n1\nOpen\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task Words_AreJoinedBySpaces()
    {
        var outcome = await ConsoleProcess.RunAsync("1..3", "|", "ForEach-Object", "{ $_ * 2 }");
        Assert.Equal(["2", "4", "6"], outcome.Lines);
    }

    [Theory]
    [InlineData("-Command")]
    [InlineData("-c")]
    public async Task CommandParameter_TakesTheWordsAfterIt(string name)
    {
        var outcome = await ConsoleProcess.RunAsync("-NoProfile", name, "'a'", "-eq", "'A'");
        Assert.Equal(["True"], outcome.Lines);
    }

    [Fact]
    public async Task PipelineOfPowerShell_IsShownAsATable_WithoutEscapesWhereItIsRedirected()
    {
        var outcome = await ConsoleProcess.RunAsync(
            "Test-TcpPort 127.0.0.1 9, 7 | Sort-Object Port | Format-Table; Write-Warning w; Get-Command no-such-command");
        Assert.Equal(["ComputerName", "------------", "127.0.0.1", "127.0.0.1", "WARNING:"], Array.ConvertAll(outcome.Lines, line => line.Split(' ')[0]));
        Assert.Contains(" 7 echo ", outcome.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("Get-Command: The term 'no-such-command' is not recognized", outcome.Error);
        Assert.DoesNotContain("\e", outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task JobsAndOtherRunspaces_FindTheModule()
    {
        var outcome = await ConsoleProcess.RunAsync("""
            Start-Job { (Test-TcpPort 127.0.0.1 9).Port } | Receive-Job -Wait -AutoRemoveJob
            1 | ForEach-Object -Parallel { (Test-TcpPort 127.0.0.1 7).Port }
            Start-ThreadJob { (Test-TcpPort 127.0.0.1 13).Port } | Receive-Job -Wait -AutoRemoveJob
            """);
        Assert.Equal(new Outcome(0, "9\n7\n13\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task AnotherPowerShell_IsStartedByItsPath()
    {
        var outcome = await ConsoleProcess.RunAsync("& (Get-Process -Id $PID).Path -NoProfile -Command { $args[0] + 1 } -args 41");
        Assert.Equal(new Outcome(0, "42\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task Errors_GoToStandardError_AndTheRestIsRun()
    {
        var outcome = await ConsoleProcess.RunAsync("'before'; Get-Command no-such-command; 'after'");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(["before", "after"], outcome.Lines);
        Assert.StartsWith("Get-Command: The term 'no-such-command' is not recognized", outcome.Error);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'thrown'; 'not reached'", 1)]
    [InlineData("Get-Command no-such-command -ErrorAction Stop; 'not reached'", 1)]
    [InlineData("'a'; )", 1)]
    public async Task ExitCode_IsThatOfPwsh(string command, int expected)
    {
        var outcome = await ConsoleProcess.RunAsync("-Command", command);
        Assert.Equal(expected, outcome.ExitCode);
        Assert.DoesNotContain("not reached", outcome.Output);
        Assert.Equal(expected == 1, outcome.Error.Length > 0);
    }

    [Fact]
    public async Task ParametersOfPwsh_AreTaken()
    {
        var version = await ConsoleProcess.RunAsync("-Version");
        Assert.Matches(@"^PowerShell \d+\.\d+\.\d+\n$", version.WithUnixLines().Output);
        Assert.Equal(64, (await ConsoleProcess.RunAsync("-NoSuchParameter")).ExitCode);
    }

    [Fact]
    public async Task MissingMandatoryParameter_IsAnError_WhenNobodyCanBeAsked()
    {
        var outcome = await ConsoleProcess.RunAsync("-NonInteractive", "-Command", "Test-TcpPort -Port 9");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains("missing mandatory parameters: ComputerName", outcome.Error);
    }
}
