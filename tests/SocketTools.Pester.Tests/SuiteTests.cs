using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SocketTools.Runner;
using Xunit.Sdk;
using Xunit.v3;

// Two suites run side by side.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 2)]

namespace SocketTools.Pester.Tests;

/// <summary>Every suite of tests/Pester, in each PowerShell, one test a suite.</summary>
public sealed class SuiteTests
{
    private const string Extension = ".Tests.ps1";

    // The folder that is given a file of each suite, with what it skipped and why.
    private const string ReportsVariable = "SOCKETTOOLS_REPORTS";

    private static readonly string Folder = PowerShellProcess.Metadata("SuiteFolder");

    public static TheoryData<string, string> Suites { get; } = new(
        from program in PesterHost.Programs
        from file in Directory.EnumerateFiles(Folder, "*" + Extension).Order()
        select new TheoryDataRow<string, string>(Path.GetFileName(file)[..^Extension.Length], program));

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Passes(string suite, string program)
    {
        var result = await new PesterHost(program).RunAsync(Path.Combine(Folder, suite + Extension), TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        if (Environment.GetEnvironmentVariable(ReportsVariable) is { Length: > 0 } folder)
            await WriteReportAsync(Directory.CreateDirectory(folder).FullName, suite, program, result);
        if (result.Fault is { } fault)
            Assert.Fail($"{suite}\n{fault}");
    }

    private static Task WriteReportAsync(string folder, string suite, string program, SuiteResult result) => File.WriteAllTextAsync(
        Path.Combine(folder, $"{suite}.{PesterHost.Programs.IndexOf(program)}.txt"), result + "\n", TestContext.Current.CancellationToken);
}
