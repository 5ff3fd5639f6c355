using System;
using System.Collections;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Header fields in the order and the case in which they were sent, repeats included.</summary>
public sealed class RawHttpHeaders : IReadOnlyList<HttpHeader>
{
    internal static readonly RawHttpHeaders Empty = new([]);

    private readonly HttpHeader[] _headers;

    internal RawHttpHeaders(HttpHeader[] headers) => _headers = headers;

    /// <summary>How many fields there are.</summary>
    public int Count => _headers.Length;

    /// <summary>The field at a place, from 0.</summary>
    public HttpHeader this[int index] => _headers[index];

    /// <summary>The values of a name in any case, one for each time it was sent; null when it was not.</summary>
    public string[]? this[string name]
    {
        get
        {
            List<string>? values = null;
            for (var i = 0; (i = IndexOf(name, i)) >= 0; i++)
                (values ??= []).Add(_headers[i].Value);
            return values?.ToArray();
        }
    }

    /// <summary>Whether a name, in any case, was sent.</summary>
    public bool Contains(string name) => IndexOf(name, 0) >= 0;

    /// <summary>The first field of a name in any case; null when it was not sent.</summary>
    internal HttpHeader? Find(string name) => IndexOf(name, 0) is >= 0 and var index ? _headers[index] : null;

    /// <summary>The place, from a given one on, of the next field of a name in any case; -1 when there is none.</summary>
    internal int IndexOf(string name, int start)
    {
        for (var i = start; i < _headers.Length; i++)
        {
            if (HttpSyntax.SameName(_headers[i].Name, name))
                return i;
        }
        return -1;
    }

    /// <summary>The fields, one by one.</summary>
    public IEnumerator<HttpHeader> GetEnumerator() => ((IEnumerable<HttpHeader>)_headers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The fields, a line each.</summary>
    public override string ToString() => string.Join<HttpHeader>(Environment.NewLine, _headers);
}
