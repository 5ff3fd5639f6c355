using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools.Completers;

/// <summary>Completes service names where a port is asked for, with the number as tool tip.</summary>
public sealed class PortCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        ServiceRegistry.Default.All
            .GroupBy(static service => service.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static named => named.First())
            .OrderBy(static service => service.Name.Length)
            .ThenBy(static service => service.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static service => new Candidate(service.Name, Candidate.NumberTip($"{service.Port} {service.Protocol}", service.Description)));
}
