using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Pester.Tests;

/// <summary>A test of Pester's, or a block or file of tests, and what Pester says of it.</summary>
internal sealed record Outcome(string Name, string Message)
{
    public override string ToString() => Message.Length == 0 ? Name : $"{Name}\n  {Message.ReplaceLineEndings("\n  ")}";
}

/// <summary>What came of one suite.</summary>
internal sealed record SuiteResult(string Pester, int Passed, IReadOnlyList<Outcome> Failures, IReadOnlyList<Outcome> Skipped)
{
    /// <summary>What is wrong with the suite, or null when it passed: some test ran, and nothing failed.</summary>
    public string? Fault =>
        Failures.Count > 0 ? string.Join("\n\n", Failures)
        : Passed == 0 ? $"Pester {Pester} ran no test of this suite."
        : null;

    public override string ToString()
    {
        var counts = $"Pester {Pester}: {Passed} passed, {Failures.Count} failed, {Skipped.Count} skipped";
        return string.Join("\n", Skipped.Select(static test => $"skipped: {test}").Prepend(counts));
    }
}
