using System;

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
        return RequestParts.ReadBody(item is object[] list ? ByteList.Read(list) : item) ??
            throw new FormatException($"{Name(value)} cannot be sent: give text, which is sent as UTF-8, bytes, a file (Get-Item), or a stream; -join makes text of lines, ConvertTo-Json of objects.");
    }
}
