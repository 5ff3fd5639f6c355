using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>The deviations found in one answer: of each kind the first few, so that none of them can fill the memory.</summary>
internal sealed class FindingLog
{
    /// <summary>How many of one kind are kept.</summary>
    public const int MostOfAKind = 16;

    /// <summary>How many bytes of each are kept.</summary>
    public const int MostBytes = 64;

    // Most answers have none.
    private List<HttpFinding>? _found;
    private Dictionary<HttpRule, int>? _counts;

    /// <summary>What was found, in the order in which it was found.</summary>
    public HttpFinding[] Found => _found?.ToArray() ?? [];

    /// <summary>Notes a deviation.</summary>
    /// <param name="rule">Which.</param>
    /// <param name="offset">Where the first of its bytes is in the answer.</param>
    /// <param name="bytes">An array with its bytes.</param>
    /// <param name="start">Where they start there.</param>
    /// <param name="count">How many they are.</param>
    public void Add(HttpRule rule, long offset, byte[] bytes, int start, int count)
    {
        if (!MayAdd(rule))
            return;
        var copy = new byte[Math.Min(count, MostBytes)];
        Buffer.BlockCopy(bytes, start, copy, 0, copy.Length);
        _found!.Add(new HttpFinding(rule, offset, copy));
    }

    /// <summary>Notes a deviation in text of which a character is a byte.</summary>
    /// <inheritdoc cref="Add(HttpRule, long, byte[], int, int)"/>
    public void Add(HttpRule rule, long offset, string text, int start, int count)
    {
        if (MayAdd(rule))
            _found!.Add(new HttpFinding(rule, offset, HttpSyntax.Latin1.GetBytes(text.Substring(start, Math.Min(count, MostBytes)))));
    }

    private bool MayAdd(HttpRule rule)
    {
        _found ??= [];
        _counts ??= [];
        _counts.TryGetValue(rule, out var count);
        _counts[rule] = count + 1;
        return count < MostOfAKind;
    }
}
