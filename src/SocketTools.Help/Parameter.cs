namespace SocketTools.Help;

/// <summary>A parameter as one yaml block has it: a parameter that differs between sets has several.</summary>
internal sealed record Parameter(string Name, List<string> Text, Dictionary<string, string> Values)
{
    public string Type => Values["Type"];
    public bool IsSwitch => Type == "SwitchParameter";
    public bool IsRequired => Values["Required"] == "True";
    private string Term => (Position == int.MaxValue ? $"-{Name}" : $"[-{Name}]") + (IsSwitch ? "" : $" <{Type}>");
    private int Position => int.TryParse(Values["Position"], out var position) ? position : int.MaxValue;
    private string[] Sets => Values["Parameter Sets"].Split(", ");

    public override string ToString() => IsRequired ? Term : $"[{Term}]";

    public static IEnumerable<Parameter> Read(Section section)
    {
        var text = section.Blocks.TakeWhile(block => block is not FencedCodeBlock).ToList();
        var yaml = section.Blocks.Skip(text.Count).Where(block => block is FencedCodeBlock { Info: "yaml" }).ToList();
        var rest = section.Blocks.Count - text.Count - yaml.Count;
        if (section.Title is not ['-', .. var name] || text is [] || yaml is [] || rest > 0)
            throw section.Fault("a parameter is '### -Name', a text, and a ```yaml block (or one a parameter set)");
        return yaml.Select(block => new Parameter(name, PlainText.Of(text), Section.Values(
            block, "Type: .+", "Parameter Sets: .+", "Aliases:.*", "|Accepted values: .+", "Required: (True|False)",
            @"Position: (Named|\d+)", "Default value: .+",
            @"Accept pipeline input: (False|True \((ByPropertyName|ByValue|ByPropertyName, ByValue)\))",
            "Accept wildcard characters: (True|False)")));
    }

    /// <summary>The parameters of each set in the order of a command line; the page has to show the same.</summary>
    public static IEnumerable<List<Parameter>> Syntax(Section section, string cmdlet, List<Parameter> all)
    {
        var sets = section.Parts is [] ? [section] : section.Each();
        foreach (var name in all.SelectMany(parameter => parameter.Sets).Except(["(All)", .. sets.Select(Name)]))
            throw section.Fault($"a parameter is in '{name}', which lacks its '### {name}'");
        foreach (var set in sets)
        {
            var members = all.Where(parameter => parameter.Sets.Contains("(All)") || parameter.Sets.Contains(Name(set)))
                .OrderBy(parameter => parameter.Position).ThenByDescending(parameter => parameter.IsRequired).ToList();
            var line = $"{cmdlet} {string.Concat(members.Select(member => $"{member} "))}[<CommonParameters>]";
            if (set.Blocks is not [CodeBlock code] || PlainText.Of(code).ReplaceLineEndings(" ") != line)
                throw set.Fault($"by the parameters below, a fenced block with: {line}");
            yield return members;
        }

        static string Name(Section set) => set.Title.Replace(" (Default)", "", StringComparison.Ordinal);
    }
}
