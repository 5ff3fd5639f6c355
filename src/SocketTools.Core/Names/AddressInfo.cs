namespace SocketTools;

/// <summary>One way to a host: what kind of socket to make, and where to connect it (a tuple of <c>getaddrinfo</c>).</summary>
public sealed class AddressInfo
{
    internal AddressInfo(IPVersion family, SocketKind socketType, TransportProtocol? protocol, string address, int port)
    {
        Family = family;
        SocketType = socketType;
        Protocol = protocol;
        Address = address;
        Port = port;
    }

    /// <summary>The address family.</summary>
    public IPVersion Family { get; }

    /// <summary>The socket's type.</summary>
    public SocketKind SocketType { get; }

    /// <summary>The protocol; null for a raw socket, which takes any.</summary>
    public TransportProtocol? Protocol { get; }

    /// <summary>The address as text, with its zone.</summary>
    public string Address { get; }

    /// <summary>The port; 0 when none was asked for.</summary>
    public int Port { get; }

    /// <summary>The end point and the kind of socket.</summary>
    public override string ToString() => $"{HostTarget.Join(Address, Port)} {SocketType}";
}
