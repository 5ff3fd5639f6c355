using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Asks the first of some DNS servers that answers.</summary>
internal sealed class DnsResolver : IDisposable
{
    private readonly DnsServer[] _servers;
    private volatile int _first;

    /// <param name="servers">In the order in which they are asked; at least one.</param>
    public DnsResolver(IEnumerable<IPEndPoint> servers) => _servers = [.. servers.Select(static server => new DnsServer(server))];

    /// <summary>Asks a question. A server that does not answer it leaves the others their share of the time, and is asked last from
    /// then on.</summary>
    /// <returns>The first answer that is final, else the most telling failure: that of a server that said why.</returns>
    public async Task<DnsReply> AskAsync(DnsQuestion question, TimeSpan time, CancellationToken cancellation)
    {
        var left = time;
        var first = _first;
        DnsReply? best = null;
        for (var i = 0; i < _servers.Length; i++)
        {
            var at = (first + i) % _servers.Length;
            var share = TimeSpan.FromTicks(left.Ticks / (_servers.Length - i));
            var reply = await _servers[at].AskAsync(question, share, cancellation).ConfigureAwait(false);
            if (reply.IsFinal)
            {
                _first = at;
                return reply;
            }
            left = left > reply.Took ? left - reply.Took : TimeSpan.Zero;
            if (best is null || (!SaysWhy(best) && SaysWhy(reply)))
                best = reply;
        }
        return best!;
    }

    /// <summary>Closes what is open; what is under way ends.</summary>
    public void Dispose() => Array.ForEach(_servers, static server => server.Dispose());

    private static bool SaysWhy(DnsReply reply) => reply.Failure is { Reason: Reason.NameServerFailure or Reason.QueryRefused };
}
