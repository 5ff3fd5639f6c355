namespace SocketTools.Help;

/// <summary>Markdown as text for a console: lines joined by \n, wrapped only when a width is given.</summary>
internal static class PlainText
{
    private const int Width = 76;

    /// <summary>An about topic, 80 columns wide. Get-Help takes its fifth line for the synopsis.</summary>
    public static string Topic(Section page)
    {
        if (page is not { Blocks: [], Parts: [{ Title: "SHORT DESCRIPTION" } top, ..] } || top.Text()[0].Length > Width)
            throw page.Fault($"a topic starts with '## SHORT DESCRIPTION' and one line of at most {Width} characters");
        return $"TOPIC\n    {page.Title}\n{string.Concat(page.Parts.Select(part => Topic(part, 0)))}";
    }

    private static string Topic(Section section, int indent) => $"\n{Indent(section.Title, indent)}\n"
        + string.Join('\n', section.Blocks.Select(block => Indent(Of(block, Width), block is CodeBlock ? 8 : 4) + "\n"))
        + string.Concat(section.Parts.Select(part => Topic(part, indent + 2)));

    public static List<string> Of(IEnumerable<Block> blocks) => [.. blocks.Select(block => Of(block))];

    public static string Of(Block block, int width = int.MaxValue) => block switch
    {
        LeafBlock { Inline: { } text } => string.Join('\n', Of(text).Split('\n').SelectMany(line => Fold(line, width))),
        CodeBlock code => code.Lines.ToString(),
        ListBlock list => string.Join('\n', list.Cast<ListItemBlock>().Select(item =>
            Item(item, list.IsOrdered ? $"{item.Order}. " : "- ", width))),
        Table table => string.Join('\n', table.Skip(1).Cast<TableRow>().Select(row => Row(row, (TableRow)table[0], width))),
        _ => throw new PageException(block.Line + 1, "Get-Help shows paragraphs, lists, tables and fenced code only"),
    };

    /// <summary>A row of a table: its first cell, and below it the others, each after the head of its column.</summary>
    private static string Row(TableRow row, TableRow heads, int width) => Cell(row[0]) + string.Concat(row.Zip(heads).Skip(1)
        .Where(pair => Cell(pair.First) != "")
        .SelectMany(pair => Fold($"{Cell(pair.Second)}: {Cell(pair.First)}", width - 4).Select(line => $"\n    {line}")));

    /// <summary>What a cell of a table says; code without its backticks when it is all of it.</summary>
    public static string Cell(Block cell) => cell switch
    {
        TableCell { Count: 0 } => "",
        TableCell { LastChild: ParagraphBlock { Inline: { FirstChild: CodeInline code } text } } when text.FirstChild == text.LastChild => code.Content,
        TableCell { LastChild: ParagraphBlock text } => Of(text),
        _ => throw new PageException(cell.Line + 1, "a cell of a table is one line of text"),
    };

    private static string Item(ListItemBlock item, string mark, int width) =>
        mark + Indent(string.Join('\n', item.Select(block => Of(block, width - mark.Length))), mark.Length).TrimStart();

    /// <summary>Code keeps its backticks unless it is one word: nothing else parts it from the sentence.</summary>
    public static string Of(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline { Content: var code } => code.Contains(' ') || !code.Any(char.IsLetter) ? $"`{code}`" : code,
        LineBreakInline line => line.IsHard ? "\n" : " ",
        LinkInline link when Address(link) != "" => $"{string.Concat(link.Select(Of))} ({link.Url})",
        ContainerInline container => string.Concat(container.Select(Of)),
        _ => throw new PageException(inline.Line + 1, "Get-Help shows no HTML: put '<' in backticks"),
    };

    /// <summary>Where a link leads outside the help; empty when it leads to a page of the help.</summary>
    public static string Address(LinkInline link) =>
        Uri.IsWellFormedUriString(link.Url, UriKind.Absolute) ? link.Url! : "";

    private static string Indent(string text, int columns) =>
        string.Join('\n', text.Split('\n').Select(line => line == "" ? "" : new string(' ', columns) + line));

    private static IEnumerable<string> Fold(string line, int width)
    {
        for (int end; line.Length > width && (end = line.LastIndexOf(' ', width)) > 0; line = line[(end + 1)..])
            yield return line[..end];
        yield return line;
    }
}
