using System;

namespace SocketTools.Arguments;

/// <summary>Reads the name of a UDP probe, in any case.</summary>
internal sealed class UdpProbeArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) =>
        Unwrapped(value) is string name && UdpProbes.Named(name) is { } probe
            ? probe.Name
            : throw new FormatException($"'{value}' is not a probe: give one of {string.Join(", ", UdpProbes.Names)}; -Payload sends bytes of your own.");
}
