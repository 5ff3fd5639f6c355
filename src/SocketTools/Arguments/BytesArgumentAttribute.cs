using System;
using System.Text;

namespace SocketTools.Arguments;

/// <summary>Reads what is to be sent: text, which becomes UTF-8, or bytes.</summary>
internal sealed class BytesArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        object[] list when ByteList.Read(list) is { } bytes => bytes,
        _ => throw new FormatException($"{Name(value)} cannot be sent: give text, which is sent as UTF-8, or bytes; -join makes text of lines, ConvertTo-Json of objects."),
    };
}
