using System.Collections.Generic;

namespace SocketTools;

/// <summary>What this computer knows of itself.</summary>
public sealed class LocalHostInfo : HostInfo
{
    internal LocalHostInfo(HostFacts facts, string domain, IEnumerable<InterfaceInfo> interfaces, IEnumerable<string> outgoing, IEnumerable<SocketSupport> sockets)
        : base(facts)
    {
        Domain = domain;
        Interfaces = [.. interfaces];
        OutgoingAddresses = [.. outgoing];
        Sockets = [.. sockets];
    }

    /// <summary>The domain that this computer is in; empty when it is in none.</summary>
    public string Domain { get; }

    /// <summary>The network interfaces.</summary>
    public InterfaceInfo[] Interfaces { get; }

    /// <summary>The addresses that it sends from by its default routes, one a family that has such a route.</summary>
    public string[] OutgoingAddresses { get; }

    /// <summary>Which kinds of sockets it can make, and of those that it cannot, why.</summary>
    public SocketSupport[] Sockets { get; }
}
