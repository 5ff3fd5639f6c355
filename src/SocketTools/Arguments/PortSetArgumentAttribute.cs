using System;
using System.Globalization;
using System.Linq;

namespace SocketTools.Arguments;

/// <summary>Reads ports: numbers, ranges, service names, services, and lists of them.</summary>
internal sealed class PortSetArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = ["Port"];

    /// <inheritdoc/>
    protected override bool IsValue(object value) => base.IsValue(value) || value is ServiceInfo;

    /// <inheritdoc/>
    protected override object? Read(object value) =>
        // A blank field of a table names no port.
        Unwrapped(value) is var plain && plain is "" ? null : ReadPorts(plain);

    /// <summary>The ports in a property of an object, or null when it holds none.</summary>
    public static PortSet? TryRead(object? value)
    {
        try
        {
            return value is null ? null : ReadPorts(Unwrapped(value));
        }
        catch (FormatException)
        {
            // The object has a property of that name that is about something else; where a port is needed, that is told.
            return null;
        }
    }

    private static PortSet ReadPorts(object? value) => value switch
    {
        PortSet ports => ports,
        string text => PortSet.Parse(text),
        int number => PortSet.Of(number),
        ServiceInfo service => PortSet.Of(service.Port),
        byte or sbyte or short or ushort or uint or long or ulong or float or double or decimal =>
            PortSet.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        byte[] list => PortSet.Join(list.Select(static port => PortSet.Of(port))),
        object[] list => PortSet.Join(list.Select(ReadPorts)),
        _ => throw new FormatException($"{Name(value)} is not a port. {PortSet.Accepted}"),
    };
}
