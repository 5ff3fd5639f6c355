using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation.Language;

namespace SocketTools.Runner;

/// <summary>The text to run, and the lines of standard input when it names $input.</summary>
internal sealed class Script
{
    private Script(string text, bool isFile, Ast ast, IReadOnlyList<ParseError> errors, bool isInputFree)
    {
        Text = text;
        IsFile = isFile;
        Errors = errors;
        Input = isInputFree && Console.IsInputRedirected && NamesInput(ast) ? [.. Lines(Console.In)] : [];
    }

    internal string Text { get; }

    internal bool IsFile { get; }

    internal IReadOnlyList<ParseError> Errors { get; }

    internal IReadOnlyList<string> Input { get; }

    internal static Script From(CommandLine line)
    {
        ParseError[] errors;
        if (line.File is { } path)
        {
            var file = Parser.ParseFile(path, out _, out errors);
            return new(FileCall.ToText(path, line.FileArguments), true, file, errors, isInputFree: true);
        }
        var text = line.Command ?? Console.In.ReadToEnd();
        var ast = Parser.ParseInput(text, out _, out errors);
        return new(text, false, ast, errors, isInputFree: !line.ReadsStandardInput);
    }

    private static bool NamesInput(Ast ast) => ast.Find(
        node => node is VariableExpressionAst variable
            && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase),
        searchNestedScriptBlocks: true) is not null;

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
