namespace SocketTools.Arguments;

/// <summary>Reads requests for one connection: request targets, bytes, or dictionaries of parts.</summary>
internal sealed class HttpRequestsArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => RequestParts.ReadAll(Unwrapped(value));

    /// <inheritdoc/>
    protected override object ReadNull() => RequestParts.ReadAll(System.Array.Empty<object>());
}
