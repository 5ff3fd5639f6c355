using System;
using System.Linq;
using System.Net;

namespace SocketTools.Arguments;

/// <summary>Reads hosts: text, addresses, URLs, end points, and lists of them.</summary>
internal sealed class HostSetArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } =
        ["ComputerName", "Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host"];

    /// <inheritdoc/>
    protected override bool IsValue(object value) => base.IsValue(value) || value is IPAddress or Uri or EndPoint;

    /// <inheritdoc/>
    protected override object Read(object value) => ReadHosts(Unwrapped(value));

    private HostSet ReadHosts(object? value) => value switch
    {
        HostSet hosts => hosts,
        string text => HostSet.Parse(text),
        IPAddress address => HostSet.Parse(address.ToString()),
        Uri { IsAbsoluteUri: true } url => HostSet.Parse(url.AbsoluteUri),
        IPEndPoint endPoint => HostSet.Parse(endPoint.ToString()),
        DnsEndPoint endPoint => HostSet.Parse($"{endPoint.Host}:{endPoint.Port}"),
        object[] list => HostSet.Join(list.Select(ReadHosts)),
        _ => throw new FormatException(
            $"{Name(value)} is not a host. {HostSet.Accepted} From the pipeline, an object's property {string.Join(", ", PropertyNames)} is taken."),
    };
}
