using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Syntax;

namespace SocketTools.Tests;

/// <summary>All pages with examples: those of the help, the documents beside them, and the README.</summary>
internal static class ExamplePages
{
    private static readonly string[] Documents =
    [
        Path.Combine(BuiltModule.Repository, "README.md"),
        .. Directory.GetFiles(Path.Combine(BuiltModule.Repository, "docs"), "*.md").Order(StringComparer.Ordinal),
    ];

    /// <summary>The examples of each page, by its name.</summary>
    public static IReadOnlyDictionary<string, HelpExample[]> All { get; } = HelpPage.All
        .Select(static page => (page.Name, Examples: page.Examples.ToArray()))
        .Concat(Documents.Select(static path => (Path.GetFileName(path), ExamplesIn(path))))
        .ToDictionary(static page => page.Item1, static page => page.Item2);

    private static HelpExample[] ExamplesIn(string path) =>
        [.. HelpExample.Among(Markdown.Parse(File.ReadAllText(path).ReplaceLineEndings("\n")).Descendants<FencedCodeBlock>())];
}
