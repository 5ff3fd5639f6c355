using System;
using System.Management.Automation;
using System.Text;

namespace SocketTools.Arguments;

/// <summary>Reads a body: text, which becomes UTF-8, or bytes.</summary>
internal sealed class HttpBodyArgumentAttribute : HttpArgumentAttribute
{
    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        object[] list when LanguagePrimitives.TryConvertTo<byte[]>(list, out var bytes) => bytes,
        _ => throw new FormatException($"{TypeOf(value)} is not a body: give text, which is sent as UTF-8, or bytes; ConvertTo-Json makes text of objects."),
    };

    private static string TypeOf(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value).GetType().Name;
}
