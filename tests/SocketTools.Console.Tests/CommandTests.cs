using System;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class CommandTests
{
    [Fact]
    public async Task Module_IsLoaded_WhereverTheCommandIsRun()
    {
        var outcome = await ConsoleProcess.RunAsync("(Get-Command Test-TcpPort).Source");
        Assert.Equal(new Outcome(0, "SocketTools\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task Words_AreJoinedBySpaces()
    {
        var outcome = await ConsoleProcess.RunAsync("1..3", "|", "ForEach-Object", "{ $_ * 2 }");
        Assert.Equal(["2", "4", "6"], outcome.Lines);
    }

    [Theory]
    [InlineData("-Command")]
    [InlineData("-command")]
    [InlineData("-c")]
    public async Task CommandParameter_TakesTheWordsAfterIt(string name)
    {
        var outcome = await ConsoleProcess.RunAsync(name, "'a'", "-eq", "'A'");
        Assert.Equal(["True"], outcome.Lines);
    }

    [Fact]
    public async Task Objects_AreShownAsATable()
    {
        var outcome = await ConsoleProcess.RunAsync("Get-Module SocketTools");
        Assert.Contains(outcome.Lines, line => line.StartsWith("ModuleType Version", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.Contains("SocketTools", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_GoToStandardError_AndTheRestIsRun()
    {
        var outcome = await ConsoleProcess.RunAsync("'before'; Get-Command no-such-command; 'after'");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(["before", "after"], outcome.Lines);
        Assert.StartsWith("Get-Command: The term 'no-such-command' is not recognized", outcome.Error);
    }

    [Fact]
    public async Task OtherStreams_GoToStandardOutput()
    {
        var outcome = await ConsoleProcess.RunAsync("""
            function Show {
                [CmdletBinding()] param()
                $PSCmdlet.WriteWarning('w')
                $PSCmdlet.WriteVerbose('v')
                $PSCmdlet.WriteInformation('i', @())
                $host.UI.WriteDebugLine('d')
                $host.UI.Write('Red', 'Blue', 'h')
                $host.UI.WriteLine()
            }
            Show; Show -Verbose -InformationAction Continue -WarningAction SilentlyContinue
            """);
        Assert.Equal(["WARNING: w", "DEBUG: d", "h", "VERBOSE: v", "i", "DEBUG: d", "h"], outcome.Lines);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit", 0)]
    [InlineData("Get-Command no-such-command", 1)]
    [InlineData("Get-Command no-such-command; 1", 0)]
    [InlineData("throw 'thrown'; 'not reached'", 1)]
    [InlineData("Get-Command no-such-command -ErrorAction Stop; 'not reached'", 1)]
    [InlineData("dotnet no-such-command", 1)]
    public async Task ExitCode_IsThatOfPwsh(string command, int expected)
    {
        var outcome = await ConsoleProcess.RunAsync("-Command", command);
        Assert.Equal(expected, outcome.ExitCode);
        Assert.DoesNotContain("not reached", outcome.Output);
    }

    [Fact]
    public async Task TerminatingError_IsShownOnStandardError()
    {
        var outcome = await ConsoleProcess.RunAsync("throw 'thrown'");
        Assert.Equal(new Outcome(1, "", "Exception: thrown\n"), outcome.WithUnixLines());
    }

    [Theory]
    [InlineData("'a' +", "You must provide a value expression following the '+' operator.")]
    [InlineData("'a'; )", "Unexpected token ')' in expression or statement.")]
    public async Task ParseError_IsShown_AndNothingIsRun(string command, string message)
    {
        var outcome = await ConsoleProcess.RunAsync(command);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains(message, outcome.Error);
    }

    [Fact]
    public async Task RedirectedOutput_HasNoEscapesAndNoProgress()
    {
        var outcome = await ConsoleProcess.RunAsync("""
            $record = [Management.Automation.ProgressRecord]::new(1, 'Scanning', 'started')
            $host.UI.WriteProgress(1, $record)
            Get-Module SocketTools
            $host.UI.WriteWarningLine('w')
            "$($PSStyle.Foreground.Red)red$($PSStyle.Reset)"
            Get-Command no-such-command
            """);
        Assert.DoesNotContain("\e", outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Scanning", outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Equal("red", outcome.Lines[^1]);
    }

    [Fact]
    public async Task MissingMandatoryParameter_IsAnError_WhenNobodyCanBeAsked()
    {
        var outcome = await ConsoleProcess.RunAsync("function Need { param([Parameter(Mandatory)]$Thing) $Thing }; Need");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains("missing mandatory parameters: Thing", outcome.Error);
    }

    [Fact]
    public async Task Confirmation_IsAnError_WhenNobodyCanBeAsked()
    {
        var outcome = await ConsoleProcess.RunAsync("""
            function Ask { [CmdletBinding(SupportsShouldProcess)] param() if ($PSCmdlet.ShouldProcess('it')) { 'done' } }
            Ask -Confirm:$false; Ask -Confirm
            """);
        Assert.Equal(["done"], outcome.Lines);
        Assert.Contains("-Confirm:$false", outcome.Error);
    }
}
