using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>A protocol that is carried in IP packets, with its number.</summary>
public sealed class ProtocolInfo
{
    internal ProtocolInfo(string name, int number, IReadOnlyList<string> aliases, string description, ServiceOrigin origin)
    {
        Name = name;
        Number = number;
        Aliases = aliases;
        Description = description;
        Origin = origin;
    }

    /// <summary>The protocol's first name: <c>icmp</c>.</summary>
    public string Name { get; }

    /// <summary>The number in the protocol field of IPv4 (RFC 791 section 3.1) and the next header field of IPv6: 0 to 255;
    /// a system may have greater ones that only its programs use.</summary>
    public int Number { get; }

    /// <summary>Further names, the system's before IANA's; empty when there are none.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>One line of text: the comment in the system's database, or else IANA's description. Empty when neither has one.</summary>
    public string Description { get; }

    /// <summary>The database that gave <see cref="Name"/>.</summary>
    public ServiceOrigin Origin { get; }

    /// <summary>Gives name and number: <c>icmp 1</c>.</summary>
    public override string ToString() => Name + " " + Number.ToString(CultureInfo.InvariantCulture);
}
