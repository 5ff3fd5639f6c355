using System.Collections.Generic;
using System.Net;

namespace SocketTools;

/// <summary>What a look-up has gathered of a host.</summary>
internal sealed record HostFacts(string ComputerName, string HostName, IPAddress[] Addresses)
{
    public string FullyQualifiedName { get; init; } = HostName;

    public string AnsweredName { get; init; } = ComputerName;

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> ReverseNames { get; init; } = [];

    public bool? ForwardConfirmed { get; init; }

    public AddressInfo[] AddressInfo { get; init; } = [];

    public double ElapsedMs { get; init; }
}
