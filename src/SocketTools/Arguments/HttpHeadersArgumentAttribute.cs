namespace SocketTools.Arguments;

/// <summary>Reads headers: a dictionary whose values may be lists, lines, headers of a response, and lists of these.</summary>
internal sealed class HttpHeadersArgumentAttribute : HttpArgumentAttribute
{
    /// <inheritdoc/>
    protected override object Read(object value) => HeaderInput.Read(Unwrapped(value));
}
