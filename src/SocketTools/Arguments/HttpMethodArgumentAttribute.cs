namespace SocketTools.Arguments;

/// <summary>Reads the method of a request; its case stays as given.</summary>
internal sealed class HttpMethodArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => HttpSyntax.CheckToken(value.ToString() ?? "", "a method");
}
