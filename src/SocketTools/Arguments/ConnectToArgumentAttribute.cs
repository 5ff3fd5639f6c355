using System;
using System.Collections;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads one host, with or without a port.</summary>
internal sealed class ConnectToArgumentAttribute : ParsedArgumentAttribute
{
    private const string Accepted =
        "Give one host, with or without a port (127.0.0.1, web1:8443, [::1]:8443), or a server of this session; without a port that of the URL is used.";

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value)
    {
        var item = Unwrapped(value);
        switch (item)
        {
            case HostTarget target:
                return target;
            case SocketServer { UnixSocket: null } server:
                return new HostTarget(server.ComputerName, server.Port);
        }
        if (item is null or IDictionary or Array or PSObject)
            throw new FormatException($"{Name(value)} is not a host. {Accepted}");
        try
        {
            return HostTarget.Parse(item.ToString() ?? "");
        }
        catch (FormatException error)
        {
            // What many hosts could be given as is not what one can.
            throw new FormatException(error.Message.Replace(" " + HostSet.Accepted, "").Replace(" " + PortSet.Accepted, "") + " " + Accepted, error);
        }
    }
}
