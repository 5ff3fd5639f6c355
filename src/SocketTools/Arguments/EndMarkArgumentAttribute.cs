using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace SocketTools.Arguments;

/// <summary>Reads what ends a message: text, bytes, or a regular expression.</summary>
internal sealed class EndMarkArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) switch
    {
        string { Length: > 0 } text => text,
        char c => c.ToString(),
        byte one => new[] { one },
        byte[] { Length: > 0 } bytes => bytes,
        Regex pattern => pattern,
        object[] { Length: > 0 } list when list.All(static item => item is byte or int and >= 0 and <= 255) =>
            list.Select(static item => Convert.ToByte(item, System.Globalization.CultureInfo.InvariantCulture)).ToArray(),
        _ => throw new FormatException($"{Name(value)} cannot end a message: give text, bytes, or a regular expression as [regex]'...'."),
    };
}
