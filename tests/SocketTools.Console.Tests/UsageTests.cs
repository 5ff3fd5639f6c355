using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("-Help")]
    [InlineData("-h")]
    [InlineData("--help")]
    public async Task Help_IsShown(string name)
    {
        var outcome = await ConsoleProcess.RunAsync(name);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Usage:", outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("-Nope", "'-Nope' is not a parameter")]
    [InlineData("-Command", "-Command needs")]
    [InlineData("-File", "-File needs")]
    public async Task BadArguments_AreRefused_WithUsage(string argument, string message)
    {
        var outcome = await ConsoleProcess.RunAsync(argument);
        Assert.Equal(64, outcome.ExitCode);
        Assert.Contains(message, outcome.Error);
        Assert.Contains("Usage:", outcome.Error);
        Assert.Empty(outcome.Output);
    }
}
