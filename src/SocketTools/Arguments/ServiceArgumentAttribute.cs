using System;
using System.Globalization;

namespace SocketTools.Arguments;

/// <summary>Reads a service: its name, or a port's number.</summary>
internal sealed class ServiceArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        var text = Unwrapped(value) switch
        {
            string name => name,
            ServiceInfo service => service.Name,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new FormatException($"{Name(value)} is not a service: give the name of one, or a port's number."),
        };
        return SocketNeeds.Of(text).Service!;
    }
}
