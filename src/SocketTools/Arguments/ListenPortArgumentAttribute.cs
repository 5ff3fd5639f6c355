using System;
using System.Linq;

namespace SocketTools.Arguments;

/// <summary>Reads the port of a listener: a number, of which 0 stands for any free port, or the name of a service.</summary>
internal sealed class ListenPortArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = ["Port"];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) switch
    {
        0 or "0" => 0,
        var port when PortSetArgumentAttribute.TryRead(port) is { Count: 1 } ports => ports.First(),
        _ => throw new FormatException($"'{value}' is not a port to listen on: give a number from 1 to 65535, the name of a service, or 0 for any free port."),
    };
}
