namespace SocketTools;

/// <summary>The class of an IPv4 address by its first bits (RFC 791 section 2.3, RFC 1112 section 4). Routing has not used
/// classes since 1993 (RFC 1519).</summary>
public enum AddressClass
{
    /// <summary>0.0.0.0 to 127.255.255.255: networks of 8 bits.</summary>
    A = 1,

    /// <summary>128.0.0.0 to 191.255.255.255: networks of 16 bits.</summary>
    B = 2,

    /// <summary>192.0.0.0 to 223.255.255.255: networks of 24 bits.</summary>
    C = 3,

    /// <summary>224.0.0.0 to 239.255.255.255: multicast.</summary>
    D = 4,

    /// <summary>240.0.0.0 to 255.255.255.255: reserved.</summary>
    E = 5,
}
