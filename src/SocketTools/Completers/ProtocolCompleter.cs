using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes protocol names, with the number as tool tip.</summary>
public sealed class ProtocolCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        ProtocolRegistry.Default.All.Select(static protocol => new Candidate(protocol.Name, Candidate.NumberTip($"{protocol.Number}", protocol.Description)));
}
