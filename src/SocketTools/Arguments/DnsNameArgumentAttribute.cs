using System;
using System.Linq;
using System.Management.Automation;
using System.Net;

namespace SocketTools.Arguments;

/// <summary>Reads names to ask the DNS about: text, addresses, objects that name a host in a property, and lists of these.</summary>
internal sealed class DnsNameArgumentAttribute : ParsedArgumentAttribute
{
    private static readonly string[] HostNames =
        ["ComputerName", "Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host", "Name"];

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => ReadNames(Unwrapped(value));

    /// <inheritdoc/>
    protected override object ReadNull() => throw Refused(null);

    private static string[] ReadNames(object? value) => value switch
    {
        string text => [.. text.Split(',').Select(static part => DnsName.Parse(part.Trim()).Text)],
        IPAddress address => [address.ToString()],
        HostTarget host => [host.ComputerName],
        object[] list => [.. list.SelectMany(ReadNames)],
        null => throw Refused(value),
        _ => NamesOf(PSObject.AsPSObject(value)),
    };

    private static string[] NamesOf(PSObject item)
    {
        var name = HostNames.Select(property => item.Properties[property]?.Value).FirstOrDefault(static value => value is not null);
        return name is null ? throw Refused(item) : ReadNames(Unwrapped(name));
    }

    private static FormatException Refused(object? value) =>
        new($"{Name(value)} is not a name of the DNS. {DnsName.Accepted} Of an object, the property {string.Join(", ", HostNames)} is taken.");
}
