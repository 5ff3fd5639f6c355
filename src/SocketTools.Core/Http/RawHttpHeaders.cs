using System;
using System.Collections;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>Header fields in the order and the case in which they were sent, repeats included.</summary>
public sealed class RawHttpHeaders : IReadOnlyList<HttpHeader>
{
    internal static readonly RawHttpHeaders Empty = new([]);

    private readonly IReadOnlyList<HttpHeader> _headers;

    internal RawHttpHeaders(IReadOnlyList<HttpHeader> headers) => _headers = headers;

    /// <summary>How many fields there are.</summary>
    public int Count => _headers.Count;

    /// <summary>The field at a place, from 0.</summary>
    public HttpHeader this[int index] => _headers[index];

    /// <summary>The values of a name in any case, one for each time it was sent; null when it was not.</summary>
    public string[]? this[string name]
    {
        get
        {
            List<string>? values = null;
            for (var i = 0; i < _headers.Count; i++)
            {
                if (HttpSyntax.SameName(_headers[i].Name, name))
                    (values ??= []).Add(_headers[i].Value);
            }
            return values?.ToArray();
        }
    }

    /// <summary>Whether a name, in any case, was sent.</summary>
    public bool Contains(string name) => Find(name) is not null;

    /// <summary>The first field of a name in any case; null when it was not sent.</summary>
    internal HttpHeader? Find(string name)
    {
        for (var i = 0; i < _headers.Count; i++)
        {
            if (HttpSyntax.SameName(_headers[i].Name, name))
                return _headers[i];
        }
        return null;
    }

    /// <summary>The fields, one by one.</summary>
    public IEnumerator<HttpHeader> GetEnumerator() => _headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The fields, a line each.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _headers);
}
