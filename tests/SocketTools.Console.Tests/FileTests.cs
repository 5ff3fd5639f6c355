using System.IO;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class FileTests
{
    private const string Echo = """
        param([int] $Number, [switch] $Loud, [string] $Text)
        "number=$Number"; "loud=$Loud"; "text=$Text"; "rest=$($args -join '|')"; (Get-Module SocketTools).Name
        exit 7
        """;

    [Fact]
    public async Task NamedArguments_AreBound()
    {
        using var script = new ScriptFile(Echo);
        var outcome = await ConsoleProcess.RunAsync("-File", script.Path, "-Number", "3", "-Loud", "-Text", "two words");
        Assert.Equal(["number=3", "loud=True", "text=two words", "rest=", "SocketTools"], outcome.Lines);
        Assert.Equal(7, outcome.ExitCode);
    }

    [Fact]
    public async Task PositionalArguments_AreBound_AndTakenLiterally()
    {
        using var script = new ScriptFile(Echo);
        var outcome = await ConsoleProcess.RunAsync("-NoProfile", "-f", script.Path, "4", "it's $(1+1); `n", "*", "a,b");
        Assert.Equal(["number=4", "loud=False", "text=it's $(1+1); `n", "rest=*|a,b", "SocketTools"], outcome.Lines);
    }

    [Fact]
    public async Task Script_KnowsItsFolder_AndAnErrorNamesItsLine()
    {
        using var script = new ScriptFile("$PSScriptRoot; $MyInvocation.MyCommand.Path\nthrow 'thrown'\n");
        var outcome = await ConsoleProcess.RunAsync("-File", script.Path);
        Assert.Equal([Path.GetDirectoryName(script.Path)!, script.Path], outcome.Lines);
        Assert.Contains($"{script.Path}:2", outcome.Error);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task FileThatIsNotThere_IsRefused() =>
        Assert.Equal(64, (await ConsoleProcess.RunAsync("-File", "no-such-file.ps1")).ExitCode);
}
