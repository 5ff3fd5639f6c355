using System;
using System.Collections.Generic;

namespace SocketTools.Help.Tests;

/// <summary>A page that keeps to the schema, and what becomes of it when a part of its text is another.</summary>
internal static class TestPage
{
    public const string Name = "Get-Thing";

    public const string Text = """
        ---
        external help file: SocketTools.dll-Help.xml
        Module Name: SocketTools
        online version:
        schema: 2.0.0
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets a *thing* & more.

        ## SYNTAX

        ### ByName (Default)

        ```
        Get-Thing [-Name] <String[]> [-Force] [<CommonParameters>]
        ```

        ### ById

        ```
        Get-Thing [[-Force]] -Id <Int32> [<CommonParameters>]
        ```

        ## DESCRIPTION

        One line
        of a paragraph with `-Name`, `a b` and `..`.

        - first
        - second
          - nested

        ## EXAMPLES

        ### Example 1: Simple

        ```powershell
        $x = 1
        Get-Thing a
        ```

        ```Output
        a thing
        ```

        It prints.

        ### Example 2: Silent

        ```powershell
        Get-Thing -Id 1
        ```

        It prints nothing.

        ## PARAMETERS

        ### -Name

        Its names.

        ```yaml
        Type: String[]
        Parameter Sets: ByName
        Aliases: Cn, Host

        Required: True
        Position: 0
        Default value: None
        Accept pipeline input: True (ByPropertyName, ByValue)
        Accept wildcard characters: True
        ```

        ### -Force

        Whatever.

        ```yaml
        Type: SwitchParameter
        Parameter Sets: ByName
        Aliases:

        Required: False
        Position: Named
        Default value: False
        Accept pipeline input: False
        Accept wildcard characters: False
        ```

        ```yaml
        Type: SwitchParameter
        Parameter Sets: ById
        Aliases:

        Required: False
        Position: 0
        Default value: False
        Accept pipeline input: False
        Accept wildcard characters: False
        ```

        ### -Id

        Its number.

        ```yaml
        Type: Int32
        Parameter Sets: ById
        Aliases:
        Accepted values: 1, 2
        Required: True
        Position: Named
        Default value: None
        Accept pipeline input: False
        Accept wildcard characters: False
        ```

        ### CommonParameters

        The usual ones.

        ## INPUTS

        ### System.String

        Names.

        ## OUTPUTS

        ### SocketTools.Thing

        A thing.

        ## NOTES

        ## RELATED LINKS

        - [about_Things](about_Things.md)
        - [Online](https://example.org/a)

        """;

    private static readonly HashSet<string> Pages = ["about_Things.md"];

    public static Section Parse(string text, string name = Name) => Section.Parse(text, name, Pages);

    public static string With(string old, string changed)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return Text.Replace(old, changed, StringComparison.Ordinal);
    }

    /// <summary>The number of the line that holds this text first, counted from 1.</summary>
    public static int LineOf(string page, string text) => Array.FindIndex(page.Split('\n'), line => line.Contains(text, StringComparison.Ordinal)) + 1;
}
