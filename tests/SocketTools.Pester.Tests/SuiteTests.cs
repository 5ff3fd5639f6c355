using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SocketTools.Pester.Tests;

/// <summary>Every suite of tests/Pester, one test a suite, each in a fresh pwsh.</summary>
public sealed class SuiteTests
{
    private const string Extension = ".Tests.ps1";

    private static readonly string Folder = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "SuiteFolder").Value!;

    public static TheoryData<string> Suites { get; } = new(
        Directory.EnumerateFiles(Folder, "*" + Extension).Select(static file => Path.GetFileName(file)[..^Extension.Length]).Order());

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Passes(string suite)
    {
        var host = await PesterHost.Current;
        Assert.SkipWhen(host.Obstacle is not null, $"{suite}: {host.Obstacle}");

        var result = await host.RunAsync(Path.Combine(Folder, suite + Extension), TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        if (result.Fault is { } fault)
            Assert.Fail($"{suite}\n{fault}");
    }
}
