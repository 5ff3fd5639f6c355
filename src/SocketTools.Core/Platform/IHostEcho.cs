using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Asks hosts for an echo (ICMP, RFC 792; ICMPv6, RFC 4443 section 4.1), as ping does.</summary>
internal interface IHostEcho : IDisposable
{
    /// <summary>What it is built on, for people.</summary>
    string Name { get; }

    /// <summary>Sends one request.</summary>
    /// <returns>The milliseconds to the reply; null when none came in time, or the request could not be sent.</returns>
    Task<double?> AskAsync(IPAddress address, TimeSpan timeout, CancellationToken cancellation);
}
