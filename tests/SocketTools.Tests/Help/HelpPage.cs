using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using SocketTools.Help;

namespace SocketTools.Tests;

/// <summary>A page of docs/en-US, read as it is read to make the help.</summary>
internal sealed class HelpPage
{
    private static readonly string[] Files = Directory.GetFiles(Path.Combine(BuiltModule.Repository, "docs", "en-US"), "*.md");

    private static readonly Lazy<HelpPage[]> LazyAll = new(() =>
    {
        var names = Files.Select(static file => Path.GetFileName(file)).ToHashSet();
        return [.. Files.Order(StringComparer.Ordinal).Select(file => new HelpPage(
            Section.Parse(File.ReadAllText(file), Path.GetFileNameWithoutExtension(file), names)))];
    });

    private readonly Section _page;

    private HelpPage(Section page) => _page = page;

    public static IReadOnlyList<HelpPage> All => LazyAll.Value;

    public static IEnumerable<HelpPage> Cmdlets => All.Where(static page => !page.IsTopic);

    public string Name => _page.Title;

    public bool IsTopic => Name.StartsWith("about_", StringComparison.Ordinal);

    /// <summary>The titles of the examples of a cmdlet's page.</summary>
    public IEnumerable<string> Examples => this["EXAMPLES"].Each().Select(static example => example.Title);

    /// <summary>One for each parameter, or for each parameter set in which it is another.</summary>
    public IEnumerable<Parameter> Parameters =>
        this["PARAMETERS"].Each().Where(static part => part.Title != "CommonParameters").SelectMany(Parameter.Read);

    /// <summary>The rows of every table, without their heads, as the text of their cells.</summary>
    public IEnumerable<string[]> TableRows =>
        from part in Below(_page)
        from table in part.Blocks.OfType<Table>()
        from row in table.Skip(1).Cast<TableRow>()
        select row.Select(PlainText.Cell).ToArray();

    public Section this[string title] => _page.Parts.Single(part => part.Title == title);

    public static HelpPage Of(string name) => All.Single(page => page.Name == name);

    /// <summary>All that the page says, for looking whether a word is in it.</summary>
    public string WholeText() => string.Join('\n', Below(_page).SelectMany(static section => PlainText.Of(section.Blocks.Where(IsShown))));

    private static IEnumerable<Section> Below(Section section) => section.Parts.SelectMany(Below).Prepend(section);

    private static bool IsShown(Block block) => block is not Markdig.Extensions.Yaml.YamlFrontMatterBlock;
}
