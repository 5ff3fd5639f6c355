using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes the names of UDP probes.</summary>
public sealed class UdpProbeCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        UdpProbes.Names.Select(static name => new Candidate(name));
}
