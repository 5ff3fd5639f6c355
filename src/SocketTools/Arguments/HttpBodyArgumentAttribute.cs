using System;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads the body of a request: text, which becomes UTF-8, bytes, a file, or a stream.</summary>
internal sealed class HttpBodyArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        var item = Unwrapped(value);
        if (item is object[] list && Array.TrueForAll(list, static part => part is not string) && LanguagePrimitives.TryConvertTo<byte[]>(list, out var bytes))
            item = bytes;
        return RequestParts.ReadBody(item) ??
            throw new FormatException($"{Name(value)} cannot be sent: give text, which is sent as UTF-8, bytes, a file (Get-Item), or a stream; -join makes text of lines, ConvertTo-Json of objects.");
    }
}
