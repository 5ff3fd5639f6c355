using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>A request that an HTTP server was sent.</summary>
internal sealed record HttpCall
{
    private HttpCall(string method, string target, string version, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        Method = method;
        Target = target;
        Version = version;
        Headers = headers;
    }

    public string Method { get; }

    /// <summary>The path and what follows it, as it was sent.</summary>
    public string Target { get; }

    public string Version { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, without its framing.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The path alone.</summary>
    public string Path => Uri.UnescapeDataString(Target.Split('?')[0]);

    /// <summary>Whether the client wants to go on with this connection (RFC 9112 section 9.3).</summary>
    public bool KeepsConnection
    {
        get
        {
            var wanted = this["Connection"] ?? "";
            return Version == "HTTP/1.1" ? !Says(wanted, "close") : Says(wanted, "keep-alive");
        }
    }

    /// <summary>The value of a header; null without one.</summary>
    public string? this[string name] => Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads the head of a request; null when it is none.</summary>
    public static HttpCall? Parse(string head)
    {
        var lines = head.Split('\n').Select(static line => line.TrimEnd('\r')).ToArray();
        var words = lines[0].Split(' ');
        if (words.Length != 3 || words[0].Length == 0 || words[1].Length == 0 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return null;
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in lines.Skip(1).Where(static line => line.Length > 0))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
                return null;
            headers.Add(new(line.Substring(0, colon), line.Substring(colon + 1).Trim()));
        }
        return new HttpCall(words[0], words[1], words[2], headers);
    }

    /// <summary>A value of the query; null when it has none of that name.</summary>
    public string? Query(string name)
    {
        var at = Target.IndexOf('?');
        return (at < 0 ? [] : Target.Substring(at + 1).Split('&'))
            .Select(static pair => pair.Split(['='], 2))
            .Where(pair => pair[0] == name)
            .Select(static pair => Uri.UnescapeDataString((pair.Length > 1 ? pair[1] : "").Replace('+', ' ')))
            .FirstOrDefault();
    }

    private static bool Says(string value, string word) =>
        value.Split(',').Any(part => string.Equals(part.Trim(), word, StringComparison.OrdinalIgnoreCase));
}
