using System;
using System.IO;
using System.Threading.Tasks;
using SocketTools.Runner;

namespace SocketTools.Pester.Tests;

/// <summary>A suite that did not do its work is never reported as passed.</summary>
public sealed class PesterHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("socket-tools-suites-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_passed_and_was_skipped_is_counted()
    {
        var result = await RunAsync("""
            Describe 'a' {
                It 'passes' { 1 | Should -Be 1 }
                It 'skips' { Set-ItResult -Skipped -Because 'it is not installed' }
            }
            """);

        Assert.Null(result.Fault);
        Assert.Equal(1, result.Passed);
        var skipped = Assert.Single(result.Skipped);
        Assert.Equal("a.skips", skipped.Name);
        Assert.Contains("it is not installed", skipped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_has_its_name_and_message()
    {
        var result = await RunAsync("Describe 'a' { It 'passes' { }; It 'fails <_>' -ForEach 1 { 'left' | Should -Be 'right' } }");

        Assert.Contains("a.fails 1", result.Fault, StringComparison.Ordinal);
        Assert.Contains("'right'", result.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# nothing", "ran no test")]
    [InlineData("Describe 'a' { It 'skips' -Skip { } }", "ran no test")]
    [InlineData("Describe 'a' { It 'passes' { } }; throw 'while discovering'", "while discovering")]
    [InlineData("Describe 'a' { It 'is not closed {", "terminator")]
    [InlineData("BeforeAll { throw 'while preparing' }; Describe 'a' { It 'passes' { } }", "while preparing")]
    [InlineData("Describe 'a' { AfterAll { throw 'while clearing up' }; It 'passes' { } }", "while clearing up")]
    public async Task A_suite_that_cannot_run_fails(string text, string fault) =>
        Assert.Contains(fault, (await RunAsync(text)).Fault, StringComparison.Ordinal);

    [Fact]
    public void The_package_comes_first_and_a_pwsh_on_PATH_is_used_too()
    {
        var installed = Path.Combine(_folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

        Assert.Equal([PesterHost.Package], PesterHost.FindPrograms(null, null));
        Assert.Equal([PesterHost.Package], PesterHost.FindPrograms("", _folder));
        File.WriteAllText(installed, "");
        Assert.Equal(
            PowerShellProcess.HasProgram ? [PesterHost.Package, installed] : [installed], PesterHost.FindPrograms(null, _folder));
        Assert.Equal(["package", "other"], PesterHost.FindPrograms($"package{Path.PathSeparator}other", _folder));
    }

    private async Task<SuiteResult> RunAsync(string text)
    {
        var suite = Path.Combine(_folder, "Sample.Tests.ps1");
        await File.WriteAllTextAsync(suite, text, TestContext.Current.CancellationToken);
        return await new PesterHost(PesterHost.Programs[0]).RunAsync(suite, TestContext.Current.CancellationToken);
    }
}
