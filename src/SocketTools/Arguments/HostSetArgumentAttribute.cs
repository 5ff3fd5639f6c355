using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;

namespace SocketTools.Arguments;

/// <summary>Reads hosts: text, addresses, URLs, end points, objects that name a host in a property, and lists of these.</summary>
internal sealed class HostSetArgumentAttribute : ParsedArgumentAttribute
{
    private static readonly string[] HostNames =
        ["ComputerName", "Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host"];

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => ReadHosts(Unwrapped(value));

    /// <inheritdoc/>
    protected override object ReadNull() => throw Refused(null);

    private static HostSet ReadHosts(object? value) => value switch
    {
        HostSet hosts => hosts,
        string text => HostSet.Parse(text),
        IPAddress address => HostSet.Parse(address.ToString()),
        Uri { IsAbsoluteUri: true } url => HostSet.Parse(url.AbsoluteUri),
        IPEndPoint endPoint => HostSet.Parse(endPoint.ToString()),
        DnsEndPoint endPoint => HostSet.Parse($"{endPoint.Host}:{endPoint.Port}"),
        IFormattable number when number.GetType().IsPrimitive => HostSet.Parse(number.ToString(null, CultureInfo.InvariantCulture)),
        object[] list => HostSet.Join(list.Select(ReadHosts)),
        null => throw Refused(value),
        _ => HostsOf(PSObject.AsPSObject(value)),
    };

    private static HostSet HostsOf(PSObject item)
    {
        var host = HostNames.Select(name => item.Properties[name]?.Value).FirstOrDefault(static value => value is not null);
        if (host is null)
            throw Refused(item);
        return ReadHosts(Unwrapped(host)).Otherwise(PortSetArgumentAttribute.TryRead(item.Properties["Port"]?.Value));
    }

    private static FormatException Refused(object? value) =>
        new($"{Name(value)} is not a host. {HostSet.Accepted} Of an object, the property {string.Join(", ", HostNames)} is taken.");
}
