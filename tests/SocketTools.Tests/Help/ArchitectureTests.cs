using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace SocketTools.Tests;

/// <summary>The documents for those who carry on name what is there.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Built = ["bin", "obj"];

    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_type_that_is_named_is_in_the_code(string document)
    {
        var code = new[] { "src", "tests", "bench" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(BuiltModule.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(static file => Regex.Matches(File.ReadAllText(file), @"\w+").Select(static word => word.Value))
            .ToHashSet(StringComparer.Ordinal);
        var names = Regex.Matches(Read(document), @"`([A-Z][a-z]+(?:[A-Z][a-z]+)+)(?:\.[A-Z]\w+)?`").Select(static match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(name, code));
    }

    [Fact]
    public void Every_folder_of_the_core_is_in_the_picture()
    {
        var picture = Read("docs/architecture.md").Split("## The way of one probe")[0];
        var folders = Directory.EnumerateDirectories(Path.Combine(BuiltModule.Repository, "src", "SocketTools.Core")).Select(static folder => Path.GetFileName(folder)!).Except(Built);

        Assert.All(folders, folder => Assert.Matches($@"\b{folder}\b", picture));
    }

    [Fact]
    public void Every_path_of_the_layout_exists()
    {
        var layout = Read("CONTRIBUTING.md").Split("## How to add a cmdlet")[0];
        var paths = Regex.Matches(layout, @"`((?:src|tests|bench|docs|examples|tools)[\w./-]*)`").Select(static match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Directory.Exists(Path.Combine(BuiltModule.Repository, path)), $"There is no {path}."));
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(BuiltModule.Repository, document)).ReplaceLineEndings("\n");
}
