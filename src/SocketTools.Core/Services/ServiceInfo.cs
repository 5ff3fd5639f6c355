using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>A named service on one port of one transport protocol.</summary>
public sealed class ServiceInfo
{
    internal ServiceInfo(
        string name,
        int port,
        TransportProtocol protocol,
        IReadOnlyList<string> aliases,
        string description,
        ServiceOrigin origin)
    {
        Name = name;
        Port = port;
        Protocol = protocol;
        Aliases = aliases;
        Description = description;
        Origin = origin;
    }

    /// <summary>The service's first name, as its origin spells it: <c>ssh</c>.</summary>
    public string Name { get; }

    /// <summary>The port's number, 0 to 65535.</summary>
    public int Port { get; }

    /// <summary>The transport protocol that the port belongs to.</summary>
    public TransportProtocol Protocol { get; }

    /// <summary>
    /// Further names of the same service: the system's, then IANA's that the system lacks. Empty when there are none.
    /// </summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>
    /// One line of text: the comment in the system's database, or else IANA's description. Empty when neither has one.
    /// </summary>
    public string Description { get; }

    /// <summary>The database that gave <see cref="Name"/>.</summary>
    public ServiceOrigin Origin { get; }

    /// <summary>Gives the service as services databases write it: <c>ssh 22/tcp</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0} {1}/{2}", Name, Port, Protocol == TransportProtocol.Tcp ? "tcp" : "udp");
}
