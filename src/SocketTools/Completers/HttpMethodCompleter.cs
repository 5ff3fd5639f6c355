using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes the methods of RFC 9110 section 9 and RFC 5789.</summary>
public sealed class HttpMethodCompleter : WordCompleter
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

    private protected override IEnumerable<Candidate> Words =>
        Methods.Select(static method => new Candidate(method));
}
