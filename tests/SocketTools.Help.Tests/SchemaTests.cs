using System;
using System.IO;

namespace SocketTools.Help.Tests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("schema: 2.0.0", "schema: 1.0.0", "schema: 1.0.0", "expected here: 'schema: 2.0.0'")]
    [InlineData("# Get-Thing\n", "# Get-Other\n", "---", "Get-Thing: not its one '#' heading")]
    [InlineData("## SYNOPSIS", "## SUMMARY", "## SUMMARY", "the sections are")]
    [InlineData("## NOTES", "", "## RELATED LINKS", "the sections are")]
    [InlineData("## SYNOPSIS", "Hello.\n\n## SYNOPSIS", "# Get-Thing", "front matter")]
    [InlineData("Gets a *thing* & more.", "", "## SYNOPSIS", "has only text")]
    [InlineData("One line", "#### Deep", "#### Deep", "skip no level")]
    [InlineData("One line", "See <b>this</b>", "See <b>", "no HTML")]
    [InlineData("One line", "See [this](Other.md)", "See [this]", "no page: 'Other.md'")]
    [InlineData("One line", "> quoted\n\nOne line", "> quoted", "paragraphs, lists, tables and fenced code")]
    [InlineData("[-Force] [<Common", "[-Fierce] [<Common", "### ByName", "Get-Thing [-Name] <String[]> [-Force] [<CommonParameters>]")]
    [InlineData("### ById", "### ByNumber", "## SYNTAX", "lacks its '### ById'")]
    [InlineData("### Example 2: Silent", "### Example 3: Silent", "### Example 3: Silent", "expected '### Example 2: ")]
    [InlineData("```Output", "```text", "### Example 1", "```Output")]
    [InlineData("It prints nothing.", "", "### Example 2", "ends with a text")]
    [InlineData("### -Force", "### Force", "### Force", "'### -Name'")]
    [InlineData("Whatever.", "", "### -Force", "'### -Name', a text")]
    [InlineData("Type: Int32", "Typ: Int32", "Typ: Int32", "expected here: 'Type: .+'")]
    [InlineData("Accepted values: 1, 2", "Values: 1, 2", "Values: 1, 2", "Accepted values: .+")]
    [InlineData("Accept wildcard characters: True", "", "Accept pipeline input: True", "Accept wildcard")]
    [InlineData("Accept wildcard characters: True", "Accept wildcard characters: True\nMore: 1", "More: 1", "expected here: ''")]
    [InlineData("Accept pipeline input: True (ByPropertyName, ByValue)", "Accept pipeline input: Yes", "input: Yes", "Accept pipeline input")]
    [InlineData("- [Online](https://example.org/a)", "- Online", "## RELATED LINKS", "a link in each item")]
    public void A_page_that_breaks_the_schema_is_refused_at_its_line(string old, string changed, string where, string message)
    {
        var page = TestPage.With(old, changed);
        var fault = Assert.Throws<PageException>(() => Maml.Command(TestPage.Parse(page)));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        var expected = TestPage.LineOf(page, where) + (old.StartsWith("Accept wildcard", StringComparison.Ordinal) && changed == "" ? 1 : 0);
        Assert.Equal(expected, fault.Line);
    }

    [Fact]
    public void A_fault_is_reported_as_msbuild_reads_errors_and_nothing_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("help-tests-").FullName;
        try
        {
            var page = Path.Combine(folder, TestPage.Name + ".md");
            File.WriteAllText(page, TestPage.With("## SYNOPSIS", "## SUMMARY"));
            File.WriteAllText(Path.Combine(folder, "about_Things.md"), "text without a heading");
            var output = Path.Combine(folder, "out");
            using var errors = new StringWriter();
            Assert.False(Program.Generate(folder, output, errors));
            var lines = errors.ToString().Split(Environment.NewLine);
            Assert.StartsWith($"{page}(10): error HELP: SUMMARY: ", lines[0], StringComparison.Ordinal);
            Assert.StartsWith($"{Path.Combine(folder, "about_Things.md")}(1): error HELP: ", lines[1], StringComparison.Ordinal);
            Assert.False(Directory.Exists(output));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_folder_loses_the_topics_whose_pages_are_gone()
    {
        var folder = Directory.CreateTempSubdirectory("help-tests-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, TestPage.Name + ".md"), TestPage.Text);
            File.WriteAllText(Path.Combine(folder, "about_Things.md"), "# about_Things\n\n## SHORT DESCRIPTION\n\nThings.\n");
            File.WriteAllText(Path.Combine(folder, "about_Gone.help.txt"), "");
            Assert.True(Program.Generate(folder, folder, TextWriter.Null));
            Assert.False(File.Exists(Path.Combine(folder, "about_Gone.help.txt")));
            Assert.True(File.Exists(Path.Combine(folder, "about_Things.help.txt")));
            Assert.True(File.Exists(Path.Combine(folder, Maml.FileName)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
