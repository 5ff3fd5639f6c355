using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using SocketTools.Help.Tests;

namespace SocketTools.Tests;

/// <summary>Each type looks as tests/Views has it.</summary>
/// <remarks>Whether there are colours is a setting of the process, so that nothing else may run beside these tests.</remarks>
[Collection(nameof(Alone))]
public sealed class ViewTests : IClassFixture<ViewTests.Shown>
{
    private const int Columns = 79;

    private static readonly string Folder = Path.Combine(BuiltModule.Repository, "tests", "Views");

    public static TheoryData<string> Names { get; } = new(
        Directory.EnumerateFiles(Folder, "*.txt").Select(static file => Path.GetFileNameWithoutExtension(file)).Order());

    private readonly Shown _shown;

    public ViewTests(Shown shown) => _shown = shown;

    [Theory]
    [MemberData(nameof(Names))]
    public void Looks_as_it_is_written_down(string name)
    {
        var written = Written(name);

        Assert.Equal(written, _shown.Lines(name, "Ansi"));
        Assert.Equal(Plain(written), _shown.Lines(name, "PlainText"));
        Assert.All(Plain(written), static line => Assert.InRange(line.Length, 0, Columns));
    }

    [Fact]
    public void Every_type_that_a_cmdlet_writes_is_written_down()
    {
        var own = typeof(TcpPortResult).Assembly;
        var left = new Queue<Type>(
            from command in typeof(Commands.TestTcpPortCommand).Assembly.GetTypes()
            from output in command.GetCustomAttributes(typeof(OutputTypeAttribute), inherit: false).Cast<OutputTypeAttribute>()
            from type in output.Type
            select type.Type);
        var found = new HashSet<string>();
        while (left.Count > 0)
        {
            var type = left.Dequeue();
            if (type.GetElementType() is { } element)
                left.Enqueue(element);
            foreach (var argument in type.GetInterfaces().Append(type).Where(static t => t.IsGenericType).SelectMany(static t => t.GetGenericArguments()))
            {
                if (argument != type)
                    left.Enqueue(argument);
            }
            if (type.Assembly != own || type.IsEnum || type.IsAssignableTo(typeof(IEnumerable)) || !found.Add(type.Name))
                continue;
            foreach (var property in type.GetProperties())
                left.Enqueue(property.PropertyType);
        }

        Assert.Equal(found.Order(), Names.Select(static row => row.Data.Split('#')[0]).Distinct().Order());
    }

    // The first part of the file; the others need cmdlets that the engine alone does not have.
    private static string[] Written(string name) =>
        File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n").Split("\n\n# Format-")[0].TrimEnd('\n').Split('\n')[1..];

    private static string[] Plain(string[] lines) =>
        [.. lines.Select(static line => Regex.Replace(line, @"\{(red|green|yellow|magenta|/)\}", ""))];

    /// <summary>The objects of fixed values, made once in a session whose screen can be read.</summary>
    public sealed class Shown : IDisposable
    {
        private readonly TextHost _host = new(escapes: true);
        private readonly PowerShellSession _session;

        public Shown()
        {
            _session = new PowerShellSession(_host);
            Assert.Empty(_session.Run(
                $"$PSModuleAutoLoadingPreference = 'None'; Import-Module '{Folder}/Golden.psm1'; $golden = Get-GoldenObject").Errors);
        }

        public string[] Lines(string name, string rendering)
        {
            _host.Clear();
            Assert.Empty(_session.Run($"Use-Rendering {rendering} {{ $golden['{name}'] | Out-Default }}").Errors);
            return [.. _session.Run("$input | ConvertTo-Mark", _host.Text).All<string>()];
        }

        public void Dispose() => _session.Dispose();
    }
}
