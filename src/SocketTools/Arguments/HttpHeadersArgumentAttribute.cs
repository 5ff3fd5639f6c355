namespace SocketTools.Arguments;

/// <summary>Reads headers: a dictionary whose values may be lists, lines, headers of a response, and lists of these.</summary>
internal sealed class HttpHeadersArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => HeaderInput.Read(Unwrapped(value));

    /// <inheritdoc/>
    protected override object ReadNull() => RawHttpHeaders.Empty;
}
