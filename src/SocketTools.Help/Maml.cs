namespace SocketTools.Help;

/// <summary>Turns pages of cmdlets (platyPS schema 2.0.0, in one spelling of it) into what Get-Help reads.</summary>
internal static class Maml
{
    public const string FileName = "SocketTools.dll-Help.xml";

    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly string[] Sections =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    public static XElement Help() => new(XName.Get("helpItems", "http://msh"), new XAttribute("schema", "maml"));

    public static XElement Command(Section page)
    {
        if (page.Blocks is not [YamlFrontMatterBlock front]) throw page.Fault("has front matter and no text below '#'");
        Section.Values(
            front, $"external help file: {FileName}", "Module Name: SocketTools", "online version:", "schema: 2.0.0");
        var odd = page.Parts.Where((part, index) => part.Title != Sections.ElementAtOrDefault(index)).FirstOrDefault();
        if (odd is not null || page.Parts.Count < Sections.Length)
            throw (odd ?? page).Fault($"the sections are, in this order: {string.Join(", ", Sections)}");
        var section = page.Parts.ToDictionary(part => part.Title);
        var parameters = section["PARAMETERS"].Each()
            .Where(part => part.Title != "CommonParameters").SelectMany(Parameter.Read).ToList();
        return new(
            Cmd + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Cmd),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Cmd + "details",
                new XElement(Cmd + "name", page.Title),
                new XElement(Cmd + "verb", page.Title.Split('-')[0]),
                new XElement(Cmd + "noun", page.Title.Split('-')[^1]),
                Prose(Text + "description", section["SYNOPSIS"].Text())),
            Prose(Text + "description", section["DESCRIPTION"].Text()),
            new XElement(Cmd + "syntax", Parameter.Syntax(section["SYNTAX"], page.Title, parameters).Select(set =>
                new XElement(Cmd + "syntaxItem", new XElement(Text + "name", page.Title), set.Select(Of)))),
            new XElement(Cmd + "parameters", parameters.DistinctBy(parameter => parameter.Name).Select(Of)),
            new XElement(Cmd + "inputTypes", section["INPUTS"].Each().Select(part => new XElement(
                Cmd + "inputType", Type(part.Title), Prose(Text + "description", part.Text())))),
            new XElement(Cmd + "returnValues", section["OUTPUTS"].Each().Select(part => new XElement(
                Cmd + "returnValue", Type(part.Title), Prose(Text + "description", part.Text())))),
            section["NOTES"] is { Blocks: [], Parts: [] }
                ? null : new XElement(Text + "alertSet", Prose(Text + "alert", section["NOTES"].Text())),
            new XElement(Cmd + "examples", section["EXAMPLES"].Each().Select(Example)),
            new XElement(Cmd + "relatedLinks", Links(section["RELATED LINKS"])));
    }

    private static XElement Of(Parameter parameter) => new(
        Cmd + "parameter",
        new XAttribute("required", parameter.IsRequired),
        new XAttribute("position", parameter.Values["Position"]),
        new XAttribute("pipelineInput", parameter.Values["Accept pipeline input"]),
        new XAttribute("globbing", parameter.Values["Accept wildcard characters"]),
        new XAttribute("aliases", parameter.Values["Aliases"] is { Length: > 0 } aliases ? aliases : "None"),
        new XElement(Text + "name", parameter.Name),
        Prose(Text + "description", parameter.Values["Accepted values"] is { Length: > 0 } values
            ? [.. parameter.Text, $"Accepted values: {values}."] : parameter.Text),
        parameter.IsSwitch
            ? null : new XElement(Cmd + "parameterValue", new XAttribute("required", true), parameter.Type),
        Type(parameter.Type),
        new XElement(Dev + "defaultValue", parameter.Values["Default value"]));

    private static XElement Type(string name) => new(Dev + "type", new XElement(Text + "name", name));

    private static XElement Example(Section section, int index)
    {
        if (!section.Title.StartsWith($"Example {index + 1}: ", StringComparison.Ordinal))
            throw section.Fault($"expected '### Example {index + 1}: what it shows'");
        var code = section.Blocks.TakeWhile(block => block is FencedCodeBlock).Cast<FencedCodeBlock>().ToList();
        if (string.Join('+', code.Select(block => block.Info)) is not ("powershell" or "powershell+Output"))
            throw section.Fault("starts with ```powershell, and ```Output if that prints something");
        if (code.Count == section.Blocks.Count) throw section.Fault("ends with a text that explains it");
        // Get-Help sets no blank line between code and output, nor between two examples.
        return new(
            Cmd + "example",
            new XElement(Text + "title", $"-------- {section.Title} --------"),
            new XElement(Dev + "code", string.Join("\n\n", PlainText.Of(code))),
            Prose(Dev + "remarks", [.. PlainText.Of(section.Blocks.Skip(code.Count)), ""]));
    }

    private static IEnumerable<XElement> Links(Section section)
    {
        if (section is not { Parts: [], Blocks: [ListBlock list] }
            || list.Descendants<LinkInline>().Count() != list.Count)
            throw section.Fault("is a list with a link in each item");
        return list.Descendants<LinkInline>().Select(link => new XElement(
            Text + "navigationLink",
            new XElement(Text + "linkText", string.Concat(link.Select(PlainText.Of))),
            new XElement(Text + "uri", PlainText.Address(link))));
    }

    private static XElement Prose(XName name, IEnumerable<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(Text + "para", paragraph)));
}
