using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes the names of the hosts file where a host is asked for, with the address as tool tip.</summary>
public sealed class HostCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        HostsFile.Read(SystemFiles.Hosts)
            .GroupBy(static host => host.Name, StringComparer.OrdinalIgnoreCase)
            .OrderBy(static host => host.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static host => new Candidate(host.Key, string.Join(", ", host.Select(static h => h.Address).Distinct())));
}
