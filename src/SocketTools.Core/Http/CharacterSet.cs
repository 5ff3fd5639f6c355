using System;
using System.Runtime.CompilerServices;

namespace SocketTools;

/// <summary>Some of the characters of ISO 8859-1.</summary>
internal sealed class CharacterSet
{
    private readonly bool[] _has = new bool[256];

    public CharacterSet(Func<char, bool> has)
    {
        for (var c = 0; c < _has.Length; c++)
            _has[c] = has((char)c);
    }

    /// <summary>Whether a character is one of them.</summary>
    public bool Has(char c) => c < _has.Length && _has[c];

    /// <summary>Where the first character stands that is not one of them; the end when there is none.</summary>
    [MethodImpl(Compile.AtOnce)]
    public int EndOfRun(string text, int start, int end)
    {
        var has = _has;
        while (start < end && text[start] < has.Length && has[text[start]])
            start++;
        return start;
    }
}
