using System.Linq;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>A network interface of this computer (<c>if_nameindex</c>, RFC 3493 section 4).</summary>
public sealed class InterfaceInfo
{
    internal InterfaceInfo(NetworkInterface card)
    {
        var properties = card.GetIPProperties();
        Index = IndexOf(card, properties);
        Name = card.Name;
        State = card.OperationalStatus switch
        {
            OperationalStatus.Up => InterfaceState.Up,
            // Linux gives no other word for the loopback interface, whose link cannot be down.
            OperationalStatus.Unknown when card.NetworkInterfaceType == NetworkInterfaceType.Loopback => InterfaceState.Up,
            OperationalStatus.Unknown => InterfaceState.Unknown,
            _ => InterfaceState.Down,
        };
        Addresses = [.. properties.UnicastAddresses.Select(static a => $"{a.Address}/{a.PrefixLength}")];
        PhysicalAddress = card.GetPhysicalAddress().ToString() is { Length: > 0 } address ? address : null;
    }

    /// <summary>Its number.</summary>
    public int Index { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it can send.</summary>
    public InterfaceState State { get; }

    /// <summary>Its addresses, each with the length of its prefix: <c>127.0.0.1/8</c>.</summary>
    public string[] Addresses { get; }

    /// <summary>The hardware's address in hexadecimal digits; null when it has none.</summary>
    public string? PhysicalAddress { get; }

    /// <summary>Index, name and addresses.</summary>
    public override string ToString() => $"{Index} {Name} [{string.Join(", ", Addresses)}]";

    private static int IndexOf(NetworkInterface card, IPInterfaceProperties properties)
    {
        try
        {
            return card.Supports(NetworkInterfaceComponent.IPv4) ? properties.GetIPv4Properties().Index : properties.GetIPv6Properties().Index;
        }
        catch (NetworkInformationException error) when (error.ErrorCode == (int)SocketError.ProtocolNotSupported)
        {
            // Windows: the interface has the other version only.
            return properties.GetIPv6Properties().Index;
        }
    }
}
