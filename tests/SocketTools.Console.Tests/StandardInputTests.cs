using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class StandardInputTests
{
    [Fact]
    public async Task Script_IsRun_WithoutArguments()
    {
        // pwsh drops a last block that no empty line follows, and ends a block at an empty line.
        var outcome = await ConsoleProcess.RunWithInputAsync("""
            exit $(foreach ($i in (Get-Module SocketTools).Count..3) {

                [Console]::WriteLine("line $i")
                $i
            })[2]
            """);
        Assert.Equal(new Outcome(3, "line 1\nline 2\nline 3\n", ""), outcome.WithUnixLines());
    }

    [Theory]
    [InlineData("Get-Command no-such-command", 1)]
    [InlineData("'a' +", 1)]
    [InlineData("Get-Command no-such-command; 'after'", 0)]
    [InlineData(" \n", 0)]
    public async Task ExitCode_IsThatOfACommand(string script, int expected) =>
        Assert.Equal(expected, (await ConsoleProcess.RunWithInputAsync(script)).ExitCode);

    [Fact]
    public async Task Script_IsRun_ForADash_AsByPwsh()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync("'a'\nexit 3\n", "-Command", "-");
        Assert.Equal(new Outcome(3, "a\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task Lines_AreTheInputOfACommand_ThatNamesIt()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync("a\nb\n", "$input | ForEach-Object { \"<$_>\" }");
        Assert.Equal(["<a>", "<b>"], outcome.Lines);
    }
}
