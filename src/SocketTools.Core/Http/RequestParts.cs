using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>What one of several requests has of its own; the rest is the same for all.</summary>
internal sealed record RequestParts
{
    private const string Accepted =
        "Give what its request line is to ask for ('/health'), all its bytes, or @{ RequestTarget; Method; Headers; Body; HttpVersion; RawRequest }, of which each may be left out.";

    public string? Target { get; init; }

    public string? Method { get; init; }

    public RawHttpHeaders? Headers { get; init; }

    public HttpBody? Body { get; init; }

    public Version? HttpVersion { get; init; }

    public byte[]? Raw { get; init; }

    /// <summary>Reads requests as people write them: one, or a list.</summary>
    /// <exception cref="FormatException">Something is no request; the message says what is.</exception>
    public static RequestParts[] ReadAll(object? input)
    {
        if (input is null or string or byte[] or IDictionary or not IEnumerable)
            return [Read(input)];
        var all = new List<RequestParts>();
        foreach (var item in (IEnumerable)input)
            all.Add(Read(item));
        return all.Count > 0 ? [.. all] : throw new FormatException($"No request is given. {Accepted}");
    }

    /// <summary>The requests that are made of one for all, to be sent over one connection.</summary>
    /// <param name="all">The parts of each, from <see cref="ReadAll"/>.</param>
    /// <param name="request">The one for all.</param>
    public static RawHttpRequest[] Of(object[] all, RawHttpRequest request) =>
        [.. all.Select((parts, i) => ((RequestParts)parts).From(request) with { IsFollowed = i < all.Length - 1 })];

    private RawHttpRequest From(RawHttpRequest request) => request with
    {
        Target = Target ?? request.Target,
        Method = Method ?? request.Method,
        Headers = Headers ?? request.Headers,
        Body = Body ?? request.Body,
        HttpVersion = HttpVersion ?? request.HttpVersion,
        Raw = Raw ?? request.Raw,
    };

    /// <summary>Reads what is to be sent as a body: bytes, text as UTF-8, a file, or a stream.</summary>
    /// <returns>Null when it is none of these.</returns>
    /// <exception cref="FormatException">There is no such file.</exception>
    public static HttpBody? ReadBody(object? input) => input switch
    {
        HttpBody body => body,
        byte[] bytes => HttpBody.Of(bytes),
        string text => HttpBody.Of(Encoding.UTF8.GetBytes(text)),
        FileInfo { Exists: true } file => HttpBody.OfFile(file.FullName),
        FileInfo file => throw new FormatException($"'{file.FullName}' is not there: give a file that can be read."),
        Stream { CanRead: true } stream => HttpBody.Of(stream),
        _ => null,
    };

    private static RequestParts Read(object? item) => item switch
    {
        string target => new RequestParts { Target = HttpSyntax.CheckLine(target, "A request's target") },
        byte[] bytes => new RequestParts { Raw = bytes },
        IDictionary parts => Read(parts),
        _ => throw new FormatException($"'{PrintableText.Excerpt(TextOf(item))}' is not a request. {Accepted}"),
    };

    private static RequestParts Read(IDictionary parts)
    {
        var request = new RequestParts();
        foreach (DictionaryEntry part in parts)
        {
            request = TextOf(part.Key).ToUpperInvariant() switch
            {
                "REQUESTTARGET" or "TARGET" or "PATH" => request with { Target = HttpSyntax.CheckLine(TextOf(part.Value), "A request's target") },
                "METHOD" => request with { Method = HttpSyntax.CheckToken(TextOf(part.Value), "a method") },
                "HEADERS" => request with { Headers = HeaderInput.Read(part.Value) },
                "BODY" => request with { Body = ReadBody(part.Value) ?? HttpBody.Of(BytesOf(part.Value, "a body")) },
                "HTTPVERSION" => request with { HttpVersion = VersionOf(part.Value is double number ? number.ToString("0.0", CultureInfo.InvariantCulture) : TextOf(part.Value)) },
                "RAWREQUEST" => request with { Raw = BytesOf(part.Value, "a request") },
                _ => throw new FormatException($"A request has no '{PrintableText.Excerpt(TextOf(part.Key))}'. {Accepted}"),
            };
        }
        return request;
    }

    private static byte[] BytesOf(object? value, string what) => value switch
    {
        byte[] bytes => bytes,
        IEnumerable list and not string => ByteList.Read(list) ??
            throw new FormatException($"A list that does not hold bytes alone cannot be sent as {what}: -join makes text of lines, ConvertTo-Json of objects."),
        _ => Encoding.UTF8.GetBytes(TextOf(value)),
    };

    private static Version VersionOf(string text) => text is "1.0" or "1.1"
        ? Version.Parse(text)
        : throw new FormatException($"HTTP version '{PrintableText.Excerpt(text)}' cannot be written in lines: give '1.0' or '1.1'.");

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
