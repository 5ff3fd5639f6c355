using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes open connections, by the expressions that give them.</summary>
public sealed class ConnectionCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        from connection in ConnectionTable.Open
        let id = connection.Id.ToString(CultureInfo.InvariantCulture)
        select new Candidate(id, connection.ToString(), $"(Get-SocketConnection {id})");
}
