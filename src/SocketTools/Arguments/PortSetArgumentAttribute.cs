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
        Unwrapped(value) is var plain && plain is "" ? null : ReadPorts(plain, 1);

    /// <summary>The ports in a property of an object, or null when it holds none.</summary>
    public static PortSet? TryRead(object? value)
    {
        try
        {
            return value is null ? null : ReadPorts(Unwrapped(value), 1);
        }
        catch (FormatException)
        {
            // The object has a property of that name that is about something else; where a port is needed, that is told.
            return null;
        }
    }

    /// <summary>The ports that a value without the engine's wrappers means.</summary>
    /// <exception cref="FormatException">It means none; the message says what would.</exception>
    public static PortSet ReadPorts(object? value, int lowest) => value switch
    {
        PortSet ports => ports,
        string text => PortSet.Parse(text, lowest),
        int number => PortSet.Of(number, lowest),
        ServiceInfo service => PortSet.Of(service.Port, lowest),
        byte or sbyte or short or ushort or uint or long or ulong or float or double or decimal =>
            PortSet.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), lowest),
        byte[] list => PortSet.Join(list.Select(port => PortSet.Of(port, lowest))),
        object[] list => PortSet.Join(list.Select(item => ReadPorts(item, lowest))),
        _ => throw new FormatException($"{Name(value)} is not a port. {PortSet.Accepted}"),
    };
}
