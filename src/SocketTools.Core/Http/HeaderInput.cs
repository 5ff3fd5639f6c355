using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>Reads headers as people write them: a dictionary whose values may be lists, lines <c>Name: value</c>, headers
/// of another message, or a list of these.</summary>
internal static class HeaderInput
{
    private const string Accepted = "Give @{ Name = 'value' }, or lines 'Name: value'.";

    /// <summary>The headers, in the order given.</summary>
    /// <exception cref="FormatException">Something in it is no header; the message says what is.</exception>
    public static RawHttpHeaders Read(object? input)
    {
        var headers = new List<HttpHeader>();
        Add(headers, input);
        return new RawHttpHeaders([.. headers]);
    }

    private static void Add(List<HttpHeader> headers, object? input)
    {
        switch (input)
        {
            case null:
                break;
            case HttpHeader header:
                headers.Add(Checked(header.Name, header.Value));
                break;
            case string line:
                headers.Add(ReadLine(line));
                break;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                    AddValues(headers, TextOf(entry.Key), entry.Value);
                break;
            case IEnumerable list:
                foreach (var item in list)
                    Add(headers, item);
                break;
            default:
                throw new FormatException($"'{PrintableText.Excerpt(TextOf(input))}' is not a header. {Accepted}");
        }
    }

    private static void AddValues(List<HttpHeader> headers, string name, object? value)
    {
        if (value is IEnumerable list and not string)
        {
            foreach (var item in list)
            {
                headers.Add(item is IEnumerable and not string
                    ? throw new FormatException($"The header '{PrintableText.Excerpt(name)}' has a list inside its list of values: give each value by itself.")
                    : Checked(name, TextOf(item)));
            }
        }
        else
        {
            headers.Add(Checked(name, TextOf(value)));
        }
    }

    private static HttpHeader ReadLine(string line)
    {
        var colon = line.IndexOf(':');
        return colon > 0
            ? Checked(line.Substring(0, colon), line.Substring(colon + 1).Trim(' ', '\t'))
            : throw new FormatException($"'{PrintableText.Excerpt(line)}' is not a header: it has no name before a colon. {Accepted}");
    }

    private static HttpHeader Checked(string name, string value) =>
        new(HttpSyntax.CheckToken(name, "a header's name"), HttpSyntax.CheckValue(name, value));

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
