using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>What is wanted of a host.</summary>
internal sealed record HostLookupOptions
{
    /// <summary>The time for one host, all questions together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(HostResolver.DefaultTimeoutMilliseconds);

    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    /// <summary>Whether the addresses of a name are led back to names, and these forward again.</summary>
    public bool Reverse { get; init; }

    public SocketNeeds Needs { get; init; } = SocketNeeds.Of(null);
}
