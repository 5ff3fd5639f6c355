using System;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads the ports of services: what is a port elsewhere, the reserved port 0, and objects with a property Port,
/// whose property Protocol says which protocols are meant.</summary>
/// <remarks>One parameter takes both properties: looking for the second in each of very many numbers that are piped in
/// took longer than all the rest.</remarks>
internal sealed class ServicePortArgumentAttribute : ParsedArgumentAttribute
{
    // Also from a file or a remote session, where Deserialized stands before it.
    private static readonly string UdpResult = typeof(UdpPortResult).FullName!;

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object? Read(object value)
    {
        var item = PSObject.AsPSObject(value);
        return !IsValue(item.BaseObject) && item.Properties["Port"]?.Value is { } port
            ? PortSetArgumentAttribute.ReadPorts(Unwrapped(port), 0).Of(ProtocolsOf(item))
            : PortSetArgumentAttribute.ReadPorts(Unwrapped(value), 0);
    }

    private static TransportProtocol[]? ProtocolsOf(PSObject item)
    {
        if (LanguagePrimitives.TryConvertTo<TransportProtocol[]>(item.Properties["Protocol"]?.Value, out var protocols) && protocols is { Length: > 0 })
            return protocols;
        return item.TypeNames.Any(static name => name.EndsWith(UdpResult, StringComparison.Ordinal)) ? [TransportProtocol.Udp] : null;
    }
}
