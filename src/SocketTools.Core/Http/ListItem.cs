using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>One item of a field's value that is a list (RFC 9110 section 5.6.1), as a place in it: a hostile value may have
/// very many, and none is copied unless it is asked for.</summary>
internal readonly struct ListItem
{
    private readonly string _list;
    private readonly int _start;
    private readonly int _length;

    private ListItem(string list, int start, int end)
    {
        while (start < end && IsBlank(list[start]))
            start++;
        while (end > start && IsBlank(list[end - 1]))
            end--;
        _list = list;
        _start = start;
        _length = end - start;
    }

    /// <summary>How many characters it has, without the white space around it.</summary>
    public int Length => _length;

    /// <summary>One of its characters.</summary>
    public char this[int index] => _list[_start + index];

    /// <summary>The items of a list, empty ones too.</summary>
    public static IEnumerable<ListItem> Of(string list)
    {
        var start = 0;
        for (int comma; (comma = list.IndexOf(',', start)) >= 0; start = comma + 1)
            yield return new ListItem(list, start, comma);
        yield return new ListItem(list, start, list.Length);
    }

    /// <summary>Whether a field's values, or none, hold a name, in any case.</summary>
    public static bool Has(string[]? lists, string name) => (lists ?? []).SelectMany(Of).Any(item => item.Is(name));

    /// <summary>Whether it is a name, in any case.</summary>
    public bool Is(string name) => _length == name.Length && string.Compare(_list, _start, name, 0, _length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The part before its parameters.</summary>
    public ListItem BeforeParameters()
    {
        var semicolon = _list.IndexOf(';', _start, _length);
        return semicolon < 0 ? this : new ListItem(_list, _start, semicolon);
    }

    /// <summary>Its text.</summary>
    public override string ToString() => _list.Substring(_start, _length);

    private static bool IsBlank(char c) => c is ' ' or '\t';
}
