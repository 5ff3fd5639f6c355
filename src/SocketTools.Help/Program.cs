namespace SocketTools.Help;

/// <summary>Turns a folder of pages into what Get-Help reads: one MAML file, and a text file for each topic.</summary>
internal static class Program
{
    private static int Main(string[] args) => Generate(args[0], args[1], Console.Error) ? 0 : 1;

    /// <summary>Writes nothing if a page breaks the schema, but a line that MSBuild takes for an error.</summary>
    internal static bool Generate(string pageFolder, string helpFolder, TextWriter errors)
    {
        var files = Directory.GetFiles(pageFolder, "*.md").Order(StringComparer.Ordinal).ToList();
        var names = files.Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        var help = Maml.Help();
        var topics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            try
            {
                var page = Section.Parse(File.ReadAllText(file), Path.GetFileNameWithoutExtension(file), names);
                if (!page.Title.StartsWith("about_", StringComparison.Ordinal)) help.Add(Maml.Command(page));
                else topics.Add(page.Title + ".help.txt", PlainText.Topic(page));
            }
            catch (PageException fault)
            {
                faults.Add($"{file}({fault.Line}): error HELP: {fault.Message}");
            }
        }

        faults.ForEach(errors.WriteLine);
        if (faults.Count > 0) return false;
        Directory.CreateDirectory(helpFolder);
        foreach (var file in Directory.GetFiles(helpFolder, "*.help.txt")) File.Delete(file);
        foreach (var (name, text) in topics) File.WriteAllText(Path.Combine(helpFolder, name), text);
        help.Save(Path.Combine(helpFolder, Maml.FileName));
        return true;
    }
}
