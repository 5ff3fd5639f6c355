using Markdig;

namespace SocketTools.Help;

/// <summary>A heading with what stands below it: blocks, then the sections of the next level.</summary>
internal sealed record Section(string Title, int Line, List<Block> Blocks, List<Section> Parts)
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UsePreciseSourceLocation().Build();

    /// <summary>Reads the page of this name, which may link to these. Front matter becomes its first block.</summary>
    public static Section Parse(string markdown, string name, IReadOnlySet<string> pages)
    {
        var document = Markdown.Parse(markdown.ReplaceLineEndings("\n"), Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(link => !pages.Contains(link.Url ?? "")))
            if (PlainText.Address(link) == "") throw new PageException(link.Line + 1, $"no page: '{link.Url}'");

        var path = new List<Section> { new(name, 1, [], []) };
        foreach (var block in document)
        {
            if (block is HeadingBlock heading)
            {
                var section = new Section(PlainText.Of(heading), heading.Line + 1, [], []);
                if (heading.Level > Math.Min(path.Count, 3))
                    throw section.Fault("headings are '#', '##' and '###', and skip no level");
                path.RemoveRange(heading.Level, path.Count - heading.Level);
                path[^1].Parts.Add(section);
                path.Add(section);
            }
            else path[^1].Blocks.Add(block);
        }

        if (path[0].Parts is not [var page] || page.Title != name) throw path[0].Fault("not its one '#' heading");
        return page with { Blocks = [.. path[0].Blocks, .. page.Blocks] };
    }

    public List<string> Text() => Parts is [] && Blocks is not [] ? PlainText.Of(Blocks) : throw Fault("has only text");

    public List<Section> Each() => Blocks is [] && Parts is not [] ? Parts : throw Fault("has only '###' parts");

    /// <summary>The values of 'Key: value' lines, of which each has the form (an expression) at its place.</summary>
    public static Dictionary<string, string> Values(Block block, params string[] forms)
    {
        var lines = PlainText.Of(block).Split('\n');
        for (var i = 0; i < Math.Max(lines.Length, forms.Length); i++)
            if (!Regex.IsMatch(lines.ElementAtOrDefault(i) ?? "", $"^({forms.ElementAtOrDefault(i)})$"))
                throw new PageException(block.Line + 2 + i, $"expected here: '{forms.ElementAtOrDefault(i)}'");
        return forms.Zip(lines).ToDictionary(
            pair => pair.First.Split(':')[0].Trim('|'), pair => pair.Second.Split(':', 2)[^1].Trim());
    }

    public PageException Fault(string message) => new(Line, $"{Title}: {message}");
}

/// <summary>A page breaks the schema at this line, counted from 1.</summary>
internal sealed class PageException(int line, string message) : Exception(message)
{
    public int Line => line;
}
