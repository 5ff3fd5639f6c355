namespace SocketTools.Arguments;

/// <summary>Reads one host, with or without a port.</summary>
internal sealed class ConnectToArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) as HostTarget ?? HostTarget.Parse(value.ToString() ?? "");
}
