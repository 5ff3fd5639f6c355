using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class StandardInputTests
{
    private const string Script = """
        foreach ($i in 1..2) {

            "line $i"
        }
        exit 3
        """;

    [Fact]
    public async Task Script_IsRun_WithoutArguments()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync(Script);
        Assert.Equal(new Outcome(3, "line 1\nline 2\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task Script_IsRun_ForADash()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync(Script, "-Command", "-");
        Assert.Equal(new Outcome(3, "line 1\nline 2\n", ""), outcome.WithUnixLines());
    }

    [Fact]
    public async Task ExitCode_IsThatOfACommand()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync("Get-Command no-such-command");
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task NoScript_IsNoError()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync(" \n");
        Assert.Equal(new Outcome(0, "", ""), outcome);
    }

    [Fact]
    public async Task Lines_AreTheInputOfACommand_ThatNamesIt()
    {
        var outcome = await ConsoleProcess.RunWithInputAsync("a\nb\n", "$input | ForEach-Object { \"<$_>\" }");
        Assert.Equal(["<a>", "<b>"], outcome.Lines);
    }
}
