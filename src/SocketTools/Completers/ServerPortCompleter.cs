using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes the ports of running servers.</summary>
public sealed class ServerPortCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        from server in ServerTable.Running
        where server.UnixSocket is null
        select new Candidate(server.Port.ToString(CultureInfo.InvariantCulture), server.ToString());
}
