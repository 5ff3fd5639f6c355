using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Tests;

/// <summary>What Get-Help gives of the built module.</summary>
public sealed class GetHelpTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public static TheoryData<string> Cmdlets { get; } = new(HelpPage.Cmdlets.Select(static page => page.Name));

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_has_a_synopsis_and_a_description(string name)
    {
        Assert.Equal(HelpPage.Of(name)["SYNOPSIS"].Text(), Texts($"(Get-Help {name}).Synopsis"));
        Assert.NotEmpty(Texts($"(Get-Help {name}).description.Text"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_has_four_examples_or_more(string name)
    {
        var titles = Texts($"(Get-Help {name}).examples.example.title");

        Assert.True(titles.Count >= 4, $"{name} has {titles.Count} examples.");
        Assert.Equal(HelpPage.Of(name).Examples.Select(static title => $"-------- {title} --------"), titles);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_has_a_text_for_every_parameter(string name)
    {
        var command = _session.Run($"Get-Command {name}").Only<CmdletInfo>();

        Assert.All(command.Parameters.Keys.Except(PSCmdlet.CommonParameters), parameter =>
            Assert.All(Texts($"(Get-Help {name} -Parameter {parameter}).description.Text"), static text => Assert.Matches(@"\w \w.*\.$", text)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_has_a_text_for_every_output(string name)
    {
        var command = _session.Run($"Get-Command {name}").Only<CmdletInfo>();

        Assert.Equal(command.OutputType.Select(static output => output.Name), Texts($"(Get-Help {name}).returnValues.returnValue.type.name"));
        Assert.Equal(
            command.OutputType.Count,
            Texts($"(Get-Help {name}).returnValues.returnValue | ForEach-Object {{ $_.description[0].Text }}").Count);
    }

    [Fact]
    public void The_topic_of_the_module_is_found_by_name() =>
        Assert.Contains("about_SocketTools", Assert.Single(Texts("Get-Help about_SocketTools")), StringComparison.Ordinal);

    [Fact]
    public void An_alias_has_the_help_of_its_cmdlet() =>
        Assert.Equal(Texts("(Get-Help Stop-SocketServer).Synopsis"), Texts("(Get-Help Stop-EchoServer).Synopsis"));

    /// <summary>What a script gives, as text; nothing of it may be blank.</summary>
    private List<string> Texts(string script)
    {
        var result = _session.Run(script);
        Assert.Empty(result.Errors);
        var texts = result.Output.Select(static text => text?.ToString()?.Trim() ?? "").ToList();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain("", texts);
        return texts;
    }
}
