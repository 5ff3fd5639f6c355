namespace SocketTools.Arguments;

/// <summary>Reads bytes that are written as hexadecimal numbers.</summary>
internal sealed class HexArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) is byte[] bytes ? bytes : HexString.Parse(value.ToString() ?? "");
}
