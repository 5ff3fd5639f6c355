using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes the numbers of open connections.</summary>
public sealed class ConnectionIdCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        from connection in ConnectionTable.Open
        select new Candidate(connection.Id.ToString(CultureInfo.InvariantCulture), connection.ToString());
}
