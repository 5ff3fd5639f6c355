using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes the names of encodings that other cmdlets take too.</summary>
public sealed class EncodingCompleter : WordCompleter
{
    private static readonly string[] Names = ["utf8", "ascii", "latin1", "unicode", "bigendianunicode", "utf32"];

    private protected override IEnumerable<Candidate> Words =>
        Names.Select(static name => new Candidate(name));
}
