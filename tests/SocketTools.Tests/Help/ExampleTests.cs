using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Tests;

/// <summary>The examples of the pages run, and print what the pages show.</summary>
/// <remarks>They list and stop the servers of this process, so that nothing else may run beside them.</remarks>
[Collection(nameof(ExampleTests))]
public sealed class ExampleTests
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, ExampleResult>> Runs = new();

    public static TheoryData<string, string> Examples { get; } = new(
        from page in ExamplePages.All
        from example in page.Value
        select new TheoryDataRow<string, string>(page.Key, example.Title));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Runs_and_prints_what_the_page_shows(string page, string title)
    {
        var example = ExamplePages.All[page].Single(example => example.Title == title);
        var shown = Runs.GetOrAdd(page, ExampleRun.Of)[title];

        Assert.SkipWhen(shown.Missing is not null, $"The engine alone has no {shown.Missing}.");
        Assert.Empty(shown.Errors);
        if (example.Output is not null)
            Assert.Equal(Screen.Normalise(example.Output), Screen.Normalise(shown.Text));
    }
}

/// <summary>Keeps other tests from running beside the examples.</summary>
[CollectionDefinition(nameof(ExampleTests), DisableParallelization = true)]
public sealed class ExamplesAlone;
