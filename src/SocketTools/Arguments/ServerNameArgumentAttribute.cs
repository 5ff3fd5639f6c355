using System;

namespace SocketTools.Arguments;

/// <summary>Reads the name that a TLS server is told; a blank stays one.</summary>
internal sealed class ServerNameArgumentAttribute : ParsedArgumentAttribute
{
    private const string Accepted = "Give the one name or address that the server's certificate must have (web1.example.org).";

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        var text = Unwrapped(value)?.ToString() ?? "";
        if (text.Trim().Length == 0)
            return "";
        try
        {
            if (HostTarget.Parse(text) is { Port: null } host)
                return host.ComputerName;
        }
        catch (FormatException error)
        {
            // What many hosts could be given as is not what one name can.
            throw new FormatException(error.Message.Replace(" " + HostSet.Accepted, "") + " " + Accepted, error);
        }
        throw new FormatException($"'{text}' names a port, too. {Accepted}");
    }
}
