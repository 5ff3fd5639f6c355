using System;
using System.Text;

namespace SocketTools.Arguments;

/// <summary>Reads an encoding: its name, as -Encoding of other cmdlets has it or as .NET has it, its number, or itself.</summary>
internal sealed class EncodingArgumentAttribute : ParsedArgumentAttribute
{
    /// <summary>UTF-8, whose mark is not sent.</summary>
    public static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object ReadNull() => Default;

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        try
        {
            return Unwrapped(value) switch
            {
                Encoding encoding => encoding,
                int codePage => Encoding.GetEncoding(codePage),
                string name => Named(name),
                _ => throw new ArgumentException("not text"),
            };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{value}' is not an encoding: give utf8, ascii, latin1, unicode, bigendianunicode, utf32, a name that .NET knows, or [Text.Encoding].", error);
        }
    }

    private static Encoding Named(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF-8" or "UTF8NOBOM" or "UTF8BOM" or "DEFAULT" => Default,
        "ASCII" => Encoding.ASCII,
        "LATIN1" => Encoding.GetEncoding(28591),
        "UNICODE" or "UTF16" => Encoding.Unicode,
        "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
        "UTF32" => Encoding.UTF32,
        _ => Encoding.GetEncoding(name),
    };
}
