using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace SocketTools.Help.Tests;

public sealed class MamlTests
{
    private readonly XElement _command = Maml.Command(TestPage.Parse(TestPage.Text));

    [Fact]
    public void Details_hold_the_name_and_the_synopsis_as_plain_text()
    {
        var details = Single(_command, "details");
        Assert.Equal(["Get-Thing", "Get", "Thing", "Gets a thing & more."], details.Elements().Select(part => part.Value));
    }

    [Fact]
    public void Syntax_has_an_item_for_each_set_in_the_order_of_a_command_line()
    {
        var items = All(_command, "syntaxItem").Select(item => All(item, "parameter").Select(Describe).ToArray()).ToArray();
        Assert.Equal(2, items.Length);
        Assert.Equal(["Name 0 true String[]", "Force Named false "], items[0]);
        Assert.Equal(["Force 0 false ", "Id Named true Int32"], items[1]);

        static string Describe(XElement parameter) => string.Join(
            ' ', Single(parameter, "name").Value, parameter.Attribute("position")!.Value, parameter.Attribute("required")!.Value, Value(parameter));
        static string Value(XElement parameter) => parameter.Elements().FirstOrDefault(part => part.Name.LocalName == "parameterValue")?.Value ?? "";
    }

    [Fact]
    public void Parameters_are_listed_once_with_what_get_help_shows()
    {
        var parameters = All(Single(_command, "parameters"), "parameter").ToList();
        Assert.Equal(["Name", "Force", "Id"], parameters.Select(parameter => Single(parameter, "name").Value));
        var attributes = parameters[0].Attributes().ToDictionary(attribute => attribute.Name.LocalName, attribute => attribute.Value);
        Assert.Equal("true", attributes["required"]);
        Assert.Equal("0", attributes["position"]);
        Assert.Equal("True (ByPropertyName, ByValue)", attributes["pipelineInput"]);
        Assert.Equal("True", attributes["globbing"]);
        Assert.Equal("Cn, Host", attributes["aliases"]);
        Assert.Equal("None", parameters[1].Attribute("aliases")!.Value);
        Assert.Equal("SwitchParameter", Single(parameters[1], "type").Value);
        Assert.Equal("False", Single(parameters[1], "defaultValue").Value);
        Assert.Equal(["Its number.", "Accepted values: 1, 2."], Paragraphs(Single(parameters[2], "description")));
    }

    [Fact]
    public void A_description_is_a_paragraph_for_each_block()
    {
        var description = _command.Elements().Single(part => part.Name.LocalName == "description");
        Assert.Equal(["One line of a paragraph with -Name, `a b` and `..`.", "- first\n- second\n  - nested"], Paragraphs(description));
    }

    [Fact]
    public void An_example_shows_its_code_then_its_output_then_its_text()
    {
        var examples = All(_command, "example").ToList();
        Assert.Equal("-------- Example 1: Simple --------", Single(examples[0], "title").Value);
        Assert.Equal("$x = 1\nGet-Thing a\n\na thing", Single(examples[0], "code").Value);
        Assert.Equal(["It prints.", ""], Paragraphs(Single(examples[0], "remarks")));
        Assert.Equal("Get-Thing -Id 1", Single(examples[1], "code").Value);
    }

    [Fact]
    public void Types_and_links_are_carried_over_and_empty_notes_leave_nothing()
    {
        Assert.Equal("System.StringNames.", Single(_command, "inputType").Value);
        Assert.Equal("SocketTools.ThingA thing.", Single(_command, "returnValue").Value);
        Assert.Equal(["about_Things", "Online"], All(_command, "linkText").Select(text => text.Value));
        Assert.Equal(["", "https://example.org/a"], All(_command, "uri").Select(uri => uri.Value));
        Assert.Empty(All(_command, "alertSet"));
        var noted = Maml.Command(TestPage.Parse(TestPage.With("## NOTES\n", "## NOTES\n\nMind.\n")));
        Assert.Equal(["Mind."], Paragraphs(Single(noted, "alert")));
    }

    [Fact]
    public void A_page_with_windows_line_ends_says_the_same()
    {
        var windows = Maml.Command(TestPage.Parse(TestPage.Text.ReplaceLineEndings("\r\n")));
        Assert.Equal(_command.ToString(), windows.ToString());
    }

    private static IEnumerable<XElement> All(XElement parent, string name) =>
        parent.Descendants().Where(element => element.Name.LocalName == name);

    private static XElement Single(XElement parent, string name) => All(parent, name).First();

    private static IEnumerable<string> Paragraphs(XElement parent) => parent.Elements().Select(paragraph => paragraph.Value);
}
