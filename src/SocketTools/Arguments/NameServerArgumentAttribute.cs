using System;
using System.Net;

namespace SocketTools.Arguments;

/// <summary>Reads a DNS server: a name or an address, with a port or without.</summary>
internal sealed class NameServerArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) switch
    {
        HostTarget server => server,
        string text => HostTarget.Parse(text),
        IPAddress address => HostTarget.Parse(address.ToString()),
        IPEndPoint endPoint => HostTarget.Parse(endPoint.ToString()),
        _ => throw new FormatException($"{Name(value)} is not a DNS server: give a name or an address, with a port (dns1:5353, [::1]:5353) or without."),
    };
}
