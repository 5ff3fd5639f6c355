using System;

namespace SocketTools.Arguments;

/// <summary>Reads the URL of a request: a URL, or a host with or without port and path.</summary>
internal sealed class HttpUrlArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = ["Uri", "Url"];

    /// <inheritdoc/>
    protected override bool IsValue(object value) => base.IsValue(value) || value is Uri;

    /// <inheritdoc/>
    protected override object Read(object value) =>
        HttpUrl.Parse(Unwrapped(value) is Uri url ? url.OriginalString : value.ToString() ?? "");
}
