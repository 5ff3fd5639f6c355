using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>What fields may be sent once, and which after a body.</summary>
internal static class HeaderChecks
{
    // Those whose definition has no list (RFC 9110 sections 6 to 15; Host and what frames a body have rules of their own).
    private static readonly Dictionary<string, int> Singletons = Numbered(
        "Age", "Content-Location", "Content-Range", "Content-Type", "Date", "ETag", "Expires", "Host", "Last-Modified", "Location",
        "Max-Forwards", "Referer", "Retry-After", "Server", "Strict-Transport-Security");

    private static readonly HashSet<string> NeverTrailers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Age", "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "Date",
        "Expires", "Host", "Location", "Max-Forwards", "Proxy-Authenticate", "Retry-After", "Set-Cookie", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Vary", "Via", "Warning", "WWW-Authenticate",
    };

    /// <summary>Notes the fields that are there again.</summary>
    public static void CheckHead(RawHttpHeaders headers, HeadNotes notes)
    {
        var seen = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            if (!Singletons.TryGetValue(headers[i].Name, out var number))
                continue;
            if ((seen & (1 << number)) != 0)
                notes.Add(HttpRules.DuplicateSingleton, headers[i]);
            seen |= 1 << number;
        }
    }

    /// <summary>Whether a response lacks the field that says what it is about (RFC 9110 sections 15.3.7, 15.5.2, 15.5.6, 15.5.8 and 15.5.22).</summary>
    public static bool LacksRequired(HttpResponseHead head) => head.StatusCode switch
    {
        206 => !head.Headers.Contains("Content-Range") && head.Headers.Find("Content-Type")?.Value.StartsWith("multipart/byteranges", StringComparison.OrdinalIgnoreCase) != true,
        401 => !head.Headers.Contains("WWW-Authenticate"),
        405 => !head.Headers.Contains("Allow"),
        407 => !head.Headers.Contains("Proxy-Authenticate"),
        426 => !head.Headers.Contains("Upgrade"),
        _ => false,
    };

    /// <summary>Notes what in a change of protocols nobody asked for, or nobody can follow (RFC 9110 section 7.8).</summary>
    public static void CheckSwitch(RawHttpHeaders headers, IReadOnlyList<string>? asked, HeadNotes notes)
    {
        var upgrade = headers.Find("Upgrade");
        if (upgrade is null || !ListItem.Has(headers["Connection"], "Upgrade"))
            notes.Add(HttpRules.SwitchWithoutUpgrade);
        if (upgrade is not null && asked is not null && !ListItem.Of(upgrade.Value).All(protocol => asked.Any(protocol.Is)))
            notes.Add(HttpRules.UnaskedSwitch, upgrade);
    }

    /// <summary>Notes the fields that may not come after a body.</summary>
    public static void CheckTrailers(RawHttpHeaders trailers, HeadNotes notes)
    {
        foreach (var trailer in trailers)
        {
            if (NeverTrailers.Contains(trailer.Name))
                notes.Add(HttpRules.ForbiddenTrailer, trailer);
        }
    }

    private static Dictionary<string, int> Numbered(params string[] names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
            numbers.Add(name, numbers.Count);
        return numbers;
    }
}
