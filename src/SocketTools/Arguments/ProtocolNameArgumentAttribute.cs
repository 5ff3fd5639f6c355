using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads protocols: names, numbers, objects that have one in a property Protocol or Name, and lists of these.</summary>
internal sealed class ProtocolNameArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => NamesIn(Unwrapped(value));

    private static string[] NamesIn(object? value) => value switch
    {
        string name => [name],
        Enum word => [word.ToString()],
        byte or short or ushort or int or uint or long => [((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)],
        object[] list => [.. list.SelectMany(NamesIn)],
        null => throw Refused(value),
        // A service has a name too, but not a protocol's.
        _ when PSObject.AsPSObject(value) is var item && (item.Properties["Protocol"] ?? item.Properties["Name"])?.Value is { } named =>
            NamesIn(Unwrapped(named)),
        _ => throw Refused(value),
    };

    private static FormatException Refused(object? value) =>
        new($"{Name(value)} is not a protocol. Give a name (icmp), a number (1), wildcards (ipv6*), or an object with a property Protocol or Name.");
}
