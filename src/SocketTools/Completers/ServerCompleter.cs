using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes running servers, by the expressions that give them.</summary>
public sealed class ServerCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        from server in ServerTable.Running
        where server.UnixSocket is null
        let port = server.Port.ToString(CultureInfo.InvariantCulture)
        select new Candidate(port, server.ToString(), $"(Get-SocketServer {port})");
}
