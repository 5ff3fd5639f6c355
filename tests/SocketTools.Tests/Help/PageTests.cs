using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Management.Automation;
using System.Text.RegularExpressions;
using SocketTools.Help;

namespace SocketTools.Tests;

/// <summary>The pages say of each cmdlet what its code says.</summary>
public sealed class PageTests : IDisposable
{
    private const string EverySet = "__AllParameterSets";

    private readonly PowerShellSession _session = new();

    public static TheoryData<string> Cmdlets { get; } = new(HelpPage.Cmdlets.Select(static page => page.Name));

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(
            _session.Run("Get-Command -Module SocketTools -CommandType Cmdlet").All<CmdletInfo>().Select(static c => c.Name).Order(),
            HelpPage.Cmdlets.Select(static page => page.Name).Order());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_are_those_of_the_code(string name) =>
        Assert.Equal(
            ParametersOf(Command(name)).Order(StringComparer.Ordinal),
            HelpPage.Of(name).Parameters.SelectMany(LinesOf).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_default_parameter_set_is_marked_where_there_are_several(string name)
    {
        var command = Command(name);
        var marked = HelpPage.Of(name)["SYNTAX"].Parts.Where(static set => set.Title.EndsWith(" (Default)", StringComparison.Ordinal));

        Assert.Equal(
            command.ParameterSets.Count > 1 ? [$"{command.DefaultParameterSet} (Default)"] : [],
            marked.Select(static set => set.Title));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Outputs_are_those_of_the_code_with_every_field(string name)
    {
        var outputs = HelpPage.Of(name)["OUTPUTS"].Each();
        var types = Command(name).OutputType.Select(static output => output.Type).ToList();

        Assert.Equal(types.Select(static type => type.FullName), outputs.Select(static output => output.Title));
        Assert.All(types.Zip(outputs), static pair => Assert.Equal(FieldsOf(pair.First), DescribedIn(pair.Second)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_word_that_a_field_can_hold_is_told(string name)
    {
        var text = HelpPage.Of(name).WholeText() + HelpPage.Of("about_SocketTools").WholeText() + HelpPage.Of("about_SocketTools_States").WholeText();
        var words =
            from output in Command(name).OutputType
            where output.Type.Assembly == typeof(PortState).Assembly
            from property in output.Type.GetProperties()
            where property.PropertyType.IsEnum
            from word in Enum.GetNames(property.PropertyType)
            select word;

        Assert.All(words, word => Assert.Matches($@"\b{word}\b", text));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void States_are_told_on_the_page_and_those_of_ports_lead_to_their_topic(string name)
    {
        var page = HelpPage.Of(name);
        var states = Command(name).OutputType
            .Where(static output => output.Type.Assembly == typeof(PortState).Assembly)
            .SelectMany(static output => output.Type.GetProperties())
            .Where(static property => property.Name.EndsWith("State", StringComparison.Ordinal) && property.PropertyType.IsEnum)
            .Select(static property => property.PropertyType)
            .Distinct()
            .ToList();

        Assert.All(states.SelectMany(Enum.GetNames).Except([nameof(PortState.OpenOrFiltered)]), word => Assert.Matches($@"\b{word}\b", page.WholeText()));
        if (states.Contains(typeof(PortState)))
            Assert.Contains("about_SocketTools_States", string.Join(' ', page["RELATED LINKS"].Text()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Inputs_are_told_where_the_pipeline_gives_any(string name) =>
        Assert.Equal(
            Command(name).Parameters.Values.SelectMany(static p => p.ParameterSets.Values).Any(static set =>
                set.ValueFromPipeline || set.ValueFromPipelineByPropertyName),
            HelpPage.Of(name)["INPUTS"].Each()[0].Title != "None");

    private CmdletInfo Command(string name) => _session.Run($"Get-Command {name} -CommandType Cmdlet").Only<CmdletInfo>();

    private static string[] FieldsOf(Type type) =>
        type.Assembly == typeof(PortState).Assembly ? [.. OwnPropertiesOf(type).Select(static property => property.Name)] : [];

    // What a type has from another is told with that one.
    private static PropertyInfo[] OwnPropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static IEnumerable<string> DescribedIn(Section output) =>
        Regex.Matches(string.Join('\n', output.Text()), @"(?m)^- (\w+): \w").Select(static match => match.Groups[1].Value);

    private static IEnumerable<string> LinesOf(Parameter page) => page.Values["Parameter Sets"].Split(", ").Select(set => Line(
        page.Name,
        set == "(All)" ? EverySet : set,
        page.Values.Where(static value => value.Key != "Parameter Sets").ToDictionary()));

    private static IEnumerable<string> ParametersOf(CmdletInfo command)
    {
        var cmdlet = Activator.CreateInstance(command.ImplementingType)!;
        try
        {
            return
            [
                ..
                from parameter in command.Parameters.Values
                where !PSCmdlet.CommonParameters.Contains(parameter.Name)
                from set in parameter.ParameterSets
                select Line(parameter.Name, set.Key, new()
                {
                    ["Type"] = (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType).Name,
                    ["Aliases"] = string.Join(", ", parameter.Aliases),
                    ["Accepted values"] = string.Join(", ", AcceptedBy(parameter)),
                    ["Required"] = $"{set.Value.IsMandatory}",
                    ["Position"] = set.Value.Position < 0 ? "Named" : $"{set.Value.Position}",
                    ["Default value"] = DefaultOf(parameter, set.Value, cmdlet),
                    ["Accept pipeline input"] = PipelineInputOf(set.Value),
                    ["Accept wildcard characters"] = $"{parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()}",
                }),
            ];
        }
        finally
        {
            (cmdlet as IDisposable)?.Dispose();
        }
    }

    private static string Line(string name, string set, Dictionary<string, string> values) =>
        $"-{name} ({set}) {string.Join("; ", values.OrderBy(static value => value.Key, StringComparer.Ordinal).Select(static value => $"{value.Key}: {value.Value}"))}";

    private static IEnumerable<string> AcceptedBy(ParameterMetadata parameter)
    {
        var type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        var set = parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(static set => set.ValidValues).ToList();
        return set.Count == 0 && type.IsEnum ? Enum.GetNames(type) : set;
    }

    private static string PipelineInputOf(ParameterSetMetadata set) => (set.ValueFromPipelineByPropertyName, set.ValueFromPipeline) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByPropertyName)",
        (false, true) => "True (ByValue)",
        _ => "False",
    };

    private static string DefaultOf(ParameterMetadata parameter, ParameterSetMetadata set, object cmdlet)
    {
        if (parameter.SwitchParameter)
            return "False";
        var value = set.IsMandatory ? null : cmdlet.GetType().GetProperty(parameter.Name)!.GetValue(cmdlet);
        var text = value is IEnumerable list and not string
            ? string.Join(", ", list.Cast<object>())
            : Convert.ToString(value, CultureInfo.InvariantCulture);
        return text is { Length: > 0 } ? text : "None";
    }
}
