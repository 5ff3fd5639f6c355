namespace SocketTools.Arguments;

/// <summary>Reads what a request line asks for, as it is sent.</summary>
internal sealed class RequestTargetArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => HttpSyntax.CheckLine(value.ToString() ?? "", "-RequestTarget");
}
