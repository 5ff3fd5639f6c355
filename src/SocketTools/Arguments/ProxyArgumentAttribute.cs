namespace SocketTools.Arguments;

/// <summary>Reads the URL of a proxy.</summary>
internal sealed class ProxyArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) as ProxyServer ?? ProxyServer.Parse(value.ToString() ?? "");
}
