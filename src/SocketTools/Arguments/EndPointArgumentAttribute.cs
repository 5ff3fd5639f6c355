using System;

namespace SocketTools.Arguments;

/// <summary>Reads one host with its port.</summary>
internal sealed class EndPointArgumentAttribute : ParsedArgumentAttribute
{
    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        var target = Unwrapped(value) switch
        {
            HostTarget host => host,
            SocketServer server => new HostTarget(server.ComputerName, server.Port),
            string text => HostTarget.Parse(text),
            _ => null,
        };
        return target is { Port: not null } ? target : throw new FormatException($"'{value}' is not a host with its port: give db1:5432, [::1]:80, https://web1 or a server.");
    }
}
