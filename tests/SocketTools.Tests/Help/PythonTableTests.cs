using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace SocketTools.Tests;

/// <summary>Every line of the table of Python calls runs, and gives what Python gives on this machine.</summary>
public sealed class PythonTableTests
{
    // Each call's value as texts in one line: of bytes and lists each item.
    private const string Script = """
        import ipaddress, socket, sys
        def items(value):
            return [str(item) for item in value] if isinstance(value, (bytes, list, tuple)) else [str(value)]
        for call in sys.argv[1:]:
            try: print('=', *items(eval(call)), sep='\t')
            except OSError as error: print('!', error, sep='\t')
        """;

    private static readonly string[][] Rows = [.. HelpPage.Of("about_SocketTools_Python").TableRows];

    private static readonly Lazy<Dictionary<string, string[]>> Answers = new(AskPython);

    public static TheoryData<string, string, string> Lines { get; } = new(
        Rows.Select(static row => new TheoryDataRow<string, string, string>(row[0], row[1], row[2])));

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_property_holds_what_the_call_returns(string call, string cmdlet, string property)
    {
        using var session = new PowerShellSession();
        var result = session.Run(property.Length == 0 ? cmdlet : $"({cmdlet}).{property}");
        Assert.Empty(result.Errors);
        var ours = result.Output.Select(static item => Convert.ToString(item?.BaseObject, CultureInfo.InvariantCulture)).ToArray();
        Assert.NotEmpty(ours);
        Assert.DoesNotContain("", ours);

        Assert.SkipUnless(OperatingSystem.IsLinux() && Answers.Value.Count > 0, "needs Linux with python3 for what the call returns");
        var python = Answers.Value[call];
        Assert.SkipWhen(python[0] == "!", $"Python has no answer: {python[^1]}");
        Assert.SkipWhen(call.Contains("getfqdn", StringComparison.Ordinal) && !python[1].Contains('.', StringComparison.Ordinal), "no name of this host has a dot");
        Assert.Equal(python[1..], ours);
    }

    [Fact]
    public void No_call_stands_twice() => Assert.Equal(Rows.Length, Rows.DistinctBy(static row => row[0]).Count());

    private static Dictionary<string, string[]> AskPython()
    {
        var start = new ProcessStartInfo("python3", ["-c", Script, .. Rows.Select(static row => row[0])]) { RedirectStandardOutput = true };
        try
        {
            using var python = Process.Start(start)!;
            var lines = python.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
            return Rows.Zip(lines).ToDictionary(static pair => pair.First[0], static pair => pair.Second.Split('\t'));
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
