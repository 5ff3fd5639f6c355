using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>What fields may be sent once, and which after a body.</summary>
internal static class HeaderChecks
{
    // Those whose definition has no list (RFC 9110 sections 6 to 15; Host and what frames a body have rules of their own).
    private static readonly HashSet<string> Singletons = new(StringComparer.OrdinalIgnoreCase)
    {
        "Age", "Content-Location", "Content-Range", "Content-Type", "Date", "ETag", "Expires", "Host", "Last-Modified", "Location",
        "Max-Forwards", "Referer", "Retry-After", "Server", "Strict-Transport-Security",
    };

    private static readonly HashSet<string> NeverTrailers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Age", "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "Date",
        "Expires", "Host", "Location", "Max-Forwards", "Proxy-Authenticate", "Retry-After", "Set-Cookie", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Vary", "Via", "Warning", "WWW-Authenticate",
    };

    /// <summary>Notes the fields that are there again.</summary>
    public static void CheckHead(RawHttpHeaders headers, HeadNotes notes)
    {
        HashSet<string>? seen = null;
        for (var i = 0; i < headers.Count; i++)
        {
            var header = headers[i];
            if (Singletons.Contains(header.Name) && !(seen ??= new(StringComparer.OrdinalIgnoreCase)).Add(header.Name))
                notes.Add(HttpRules.DuplicateSingleton, header);
        }
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
}
