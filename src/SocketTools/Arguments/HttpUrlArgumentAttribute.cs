using System;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads the URL of a request: a URL, or a host with or without port and path.</summary>
internal sealed class HttpUrlArgumentAttribute : HttpArgumentAttribute
{
    /// <summary>The properties of a piped object that name its URL: the parameter's name and its alias.</summary>
    private static readonly string[] PropertyNames = ["Uri", "Url"];

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        // An object that has its URL in a property is left to the binder, which takes the property.
        if (value is PSObject piped && piped.BaseObject is not (string or Uri) && PropertyNames.Any(name => piped.Properties[name] is not null))
            return value;
        return Unwrapped(value) switch
        {
            Uri url => HttpUrl.Parse(url.OriginalString),
            string text => HttpUrl.Parse(text),
            _ => HttpUrl.Parse(value.ToString() ?? ""),
        };
    }
}
