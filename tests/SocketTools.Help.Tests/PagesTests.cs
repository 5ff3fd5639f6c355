using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace SocketTools.Help.Tests;

/// <summary>What each page of the module's cmdlets has at least.</summary>
public sealed class PagesTests
{
    private static readonly string Folder = Path.Combine(
        typeof(PagesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "docs", "en-US");

    private static readonly string[] Names = [.. Directory.GetFiles(Folder, "*.md").Select(Path.GetFileNameWithoutExtension).Order()!];

    public static TheoryData<string> Cmdlets { get; } = new(Names.Where(static name => !name.StartsWith("about_", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_has_four_examples_each_with_a_title_of_its_own(string name)
    {
        var titles = Part(name, "EXAMPLES").Parts.Select(static example => example.Title.Split(": ", 2)[1]).ToList();

        Assert.True(titles.Count >= 4, $"{name} has {titles.Count} examples.");
        Assert.Equal(titles.Distinct(), titles);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_leads_to_the_topic_and_to_two_others(string name)
    {
        var links = PlainText.Of(Part(name, "RELATED LINKS").Blocks);

        Assert.Contains("about_SocketTools", string.Join('\n', links), StringComparison.Ordinal);
        Assert.True(string.Join('\n', links).Split('\n').Length >= 3, $"{name} leads to too few others.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Notes_tell_what_the_work_costs(string name) => Assert.Contains(
        PlainText.Of(Part(name, "NOTES").Blocks), static note => note.StartsWith("Performance: ", StringComparison.Ordinal));

    private static Section Part(string name, string title) => Section
        .Parse(File.ReadAllText(Path.Combine(Folder, name + ".md")), name, Names.Select(static page => page + ".md").ToHashSet())
        .Parts.Single(part => part.Title == title);
}
