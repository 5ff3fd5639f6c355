using System.IO;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class FileTests
{
    private const string Echo = """
        param([int] $Number, [switch] $Loud, [string] $Text)
        "number=$Number"; "loud=$Loud"; "text=$Text"; "rest=$($args -join '|')"
        """;

    [Fact]
    public async Task NamedArguments_AreBound()
    {
        using var script = new ScriptFile(Echo);
        var outcome = await ConsoleProcess.RunAsync("-File", script.Path, "-Number", "3", "-Loud", "-Text", "two words");
        Assert.Equal(["number=3", "loud=True", "text=two words", "rest="], outcome.Lines);
    }

    [Fact]
    public async Task PositionalArguments_AreBound_AndTakenLiterally()
    {
        using var script = new ScriptFile(Echo);
        var outcome = await ConsoleProcess.RunAsync("-f", script.Path, "4", "it's $(1+1); `n", "*", "a,b");
        Assert.Equal(["number=4", "loud=False", "text=it's $(1+1); `n", "rest=*|a,b"], outcome.Lines);
    }

    [Fact]
    public async Task ValuesAfterAColon_AreBound()
    {
        using var script = new ScriptFile(Echo);
        var outcome = await ConsoleProcess.RunAsync("-FILE", script.Path, "-Number:", "-5", "-Loud:$false", "-Text:x:y");
        Assert.Equal(["number=-5", "loud=False", "text=x:y", "rest="], outcome.Lines);
    }

    [Fact]
    public async Task Script_KnowsItsFolder()
    {
        using var script = new ScriptFile("$PSScriptRoot; $MyInvocation.MyCommand.Path");
        var outcome = await ConsoleProcess.RunAsync("-File", script.Path);
        Assert.Equal([Path.GetDirectoryName(script.Path)!, script.Path], outcome.Lines);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("Get-Command no-such-command", 0)]
    [InlineData("dotnet no-such-command; exit 0", 0)]
    [InlineData("dotnet no-such-command", 0)]
    [InlineData("throw 'thrown'", 1)]
    [InlineData("param([int] $Number) 'not reached'", 1)]
    [InlineData("'not reached' +", 1)]
    public async Task ExitCode_IsThatOfPwsh(string text, int expected)
    {
        using var script = new ScriptFile(text);
        var outcome = await ConsoleProcess.RunAsync("-File", script.Path, "no number");
        Assert.Equal(expected, outcome.ExitCode);
        Assert.DoesNotContain("not reached", outcome.Output);
        if (expected == 1)
            Assert.NotEmpty(outcome.Error);
    }

    [Fact]
    public async Task Error_NamesItsLine()
    {
        using var script = new ScriptFile("'first'\nthrow 'thrown'\n");
        var outcome = await ConsoleProcess.RunAsync("-File", script.Path);
        Assert.Contains($"{script.Path}:2", outcome.Error);
    }

    [Theory]
    [InlineData("no-such-file.ps1", "There is no script 'no-such-file.ps1'.")]
    [InlineData("script.txt", "its name does not end in .ps1")]
    public async Task FileThatIsNoScript_IsRefused(string path, string message)
    {
        var outcome = await ConsoleProcess.RunAsync("-File", path);
        Assert.Equal(64, outcome.ExitCode);
        Assert.Contains(message, outcome.Error);
    }
}
