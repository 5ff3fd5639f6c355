using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Who is asked for the addresses and names of hosts.</summary>
internal interface IHostResolver
{
    /// <summary>Whether it is a server that the user chose: it is asked for nothing but what is wanted, and that it gives no answer
    /// is an error.</summary>
    bool IsChosenServer { get; }

    /// <summary>The addresses of a host; an address literal is its own answer and asks nobody.</summary>
    Task<ForwardAnswer> ResolveAsync(string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>The other names of a host; none when the resolver does not answer in time, null when it never tells.</summary>
    Task<IReadOnlyList<string>?> AliasesAsync(string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>The names of an address, or none; never the forward look-up of a name.</summary>
    Task<ReverseAnswer> ReverseAsync(IPAddress address, TimeSpan deadline, CancellationToken cancellation);
}
