using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace SocketTools.Help.Tests;

/// <summary>What a user of the built module reads.</summary>
public sealed class GetHelpTests
{
    private static readonly string Root =
        typeof(GetHelpTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    [Fact]
    public void Full_help_has_every_section_of_the_page()
    {
        var text = Show("Get-Help Test-TcpPort -Full");
        string[] sections =
        [
            "NAME", "SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES",
            "    -------- Example 1: ", "RELATED LINKS",
        ];
        var lines = text.Split('\n').ToList();
        var places = sections.Select(section => lines.FindIndex(line => line.StartsWith(section, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("Test-TcpPort [-ComputerName] <HostSet> [[-Port] <PortSet>]", text, StringComparison.Ordinal);
        Assert.Contains("[-Quiet]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_is_shown_with_all_that_the_page_says_of_it()
    {
        var lines = Show("Get-Help Test-TcpPort -Parameter TimeoutMilliseconds").Split('\n').Select(line => line.Trim()).ToList();
        Assert.Contains("-TimeoutMilliseconds <Int32>", lines);
        Assert.Contains("Required?                    false", lines);
        Assert.Contains("Position?                    Named", lines);
        Assert.Contains("Default value                2000", lines);
        Assert.Contains("Accept pipeline input?       False", lines);
        Assert.Contains("Aliases                      TimeoutMs", lines);
        Assert.Contains("Accept wildcard characters?  false", lines);
    }

    [Fact]
    public void Examples_are_parted_by_blank_lines()
    {
        var lines = Show("Get-Help Test-TcpPort -Examples").Split('\n').Select(line => line.Trim()).ToList();
        var titles = lines.Select((line, index) => (line, index)).Where(line => line.line.StartsWith("-------- Example", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(titles);
        Assert.All(titles, title => Assert.Equal(("", ""), (lines[title.index - 1], lines[title.index + 1])));
    }

    [Fact]
    public void The_topic_of_the_module_is_found_by_name()
    {
        Assert.StartsWith("TOPIC\n    about_SocketTools\n", Show("Get-Help about_SocketTools").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_is_in_the_help_of_the_module()
    {
        var pages = Directory.GetFiles(Path.Combine(Root, "docs", "en-US"), "*.md").Select(Path.GetFileNameWithoutExtension);
        var help = Directory.GetFiles(Path.Combine(Root, "en-US"), "*.help.txt").Select(file => Path.GetFileName(file).Split('.')[0]);
        var maml = System.Xml.Linq.XDocument.Load(Path.Combine(Root, "en-US", Maml.FileName));
        var commands = maml.Descendants().Where(element => element.Name.LocalName == "details").Select(details => details.Elements().First().Value);
        Assert.Equal(pages.Order(StringComparer.Ordinal), commands.Concat(help).Order(StringComparer.Ordinal));
    }

    // The engine reports its use over the network unless told not to.
    static GetHelpTests() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

    private static string Show(string command)
    {
        var host = new TextHost();
        using var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddArgument(Path.Combine(Root, "SocketTools.psd1")).AddStatement();
        shell.AddScript(command).AddCommand("Out-Default").Invoke();
        Assert.Empty(shell.Streams.Error);
        return host.Text;
    }
}
