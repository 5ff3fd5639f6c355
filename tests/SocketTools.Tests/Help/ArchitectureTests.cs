using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace SocketTools.Tests;

/// <summary>The documents for those who carry on name what is there.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(BuiltModule.Repository, "src");

    private static readonly string[] Built = ["bin", "obj"];

    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_type_and_folder_that_is_named_exists(string document)
    {
        var files = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(BuiltModule.Repository, "tests"), "*.cs", SearchOption.AllDirectories))
            .Select(static file => Path.GetFileNameWithoutExtension(file)!)
            .Concat(Directory.EnumerateDirectories(Source, "*", SearchOption.AllDirectories).Select(static folder => Path.GetFileName(folder)!))
            .ToHashSet(StringComparer.Ordinal);
        var names = Regex.Matches(Read(document), @"`([A-Z][a-z]+(?:[A-Z][a-z]+)+)(?:\.[A-Z]\w+)?`").Select(static match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(name, files));
    }

    [Fact]
    public void Every_folder_of_the_core_is_in_the_picture()
    {
        var picture = Read("docs/architecture.md").Split("## The way of one probe")[0];
        var folders = Directory.EnumerateDirectories(Path.Combine(Source, "SocketTools.Core")).Select(static folder => Path.GetFileName(folder)!).Except(Built);

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
