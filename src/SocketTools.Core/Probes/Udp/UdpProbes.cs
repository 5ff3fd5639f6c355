using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>The probes by port, and by name.</summary>
/// <remarks>Some protocols have no request that a stranger's port is answered at, and so no probe: DHCP (RFC 2131 section 4.1:
/// answers go to ports 67 and 68), LLMNR (RFC 4795 section 2.4: a question to one host goes by TCP), WireGuard (silent without
/// the server's key), RADIUS accounting (silent without a secret), syslog and discard (silent).</remarks>
internal static class UdpProbes
{
    private static readonly (UdpProbe Probe, int[] Ports)[] Table =
    [
        (new("Echo", TextPayload.Line), [7]),
        (new("Systat", TextPayload.Line), [11]),
        (new("Daytime", TextPayload.Line), [13]),
        (new("QOTD", TextPayload.Line), [17]),
        (new("Chargen", TextPayload.Line), [19]),
        (new("Time", static () => []), [37]), // RFC 868: an empty datagram
        (new("DNS", DnsPayload.Version, DnsPayload.Localhost), [53]),
        (new UdpProbe("TFTP", TftpPayload.Read).AnsweredFromAnyPort, [69]),
        (new("Kerberos", KerberosPayload.Request), [88]),
        (new("PortMapper", RpcPayload.PortMapper), [111]),
        (new("NTP", NtpPayload.Request), [123]),
        (new("NetBIOS", DnsPayload.NodeStatus), [137]),
        (new("SNMP", SnmpPayload.EngineDiscovery, SnmpPayload.Description1, SnmpPayload.Description2), [161]),
        (new("XDMCP", XdmcpPayload.Query), [177]),
        (new("LDAP", LdapPayload.RootEntry), [389]),
        (new("SLP", SlpPayload.ServiceAgent), [427]),
        (new("QUIC", QuicPayload.NegotiateVersion), [443, 853, 8443]),
        (new("IKE", IkePayload.Initiate2, IkePayload.Initiate1), [500]),
        (new("RIP", RipPayload.WholeTable), [520]),
        (new("IPMI", IpmiPayload.Ping, IpmiPayload.Capabilities), [623]),
        (new("OpenVPN", OpenVpnPayload.Reset), [1194]),
        (new("SQLBrowser", SqlBrowserPayload.Instances), [1434]),
        (new UdpProbe("L2TP", L2tpPayload.Start).AnsweredFromAnyPort, [1701]),
        (new("RADIUS", RadiusPayload.Access), [1645, 1812]),
        (new("SSDP", SsdpPayload.Search), [1900]),
        (new("NFS", RpcPayload.Nfs), [2049]),
        (new("DTLS", DtlsPayload.Hello), [2083, 3391, 5349, 5684, 10161]),
        (new("GTP", GtpPayload.Echo1), [2152]),
        (new("GTPControl", GtpPayload.Echo2, GtpPayload.Echo1), [2123]),
        (new("RemoteDesktop", RemoteDesktopPayload.Open), [3389]),
        (new("STUN", StunPayload.Binding), [3478, 19302]),
        (new("KNX", KnxPayload.Describe), [3671]),
        (new("WSDiscovery", WsDiscoveryPayload.Probe), [3702]),
        (new("IKEBehindNAT", BehindNat(IkePayload.Initiate2), BehindNat(IkePayload.Initiate1)), [4500]),
        (new("IAX", IaxPayload.PokePeer), [4569]),
        (new("SIP", SipPayload.Options), [5060]),
        (new("NATPMP", NatPmpPayload.ExternalAddress), [5351]),
        (new("mDNS", DnsPayload.MulticastServices), [5353]),
        (new("CoAP", CoapPayload.Ping), [5683]),
        (new("BitTorrentDHT", DhtPayload.Ping), [6881, 51413]),
        (new("Memcached", MemcachedPayload.Version), [11211]),
        (new("SourceEngine", GamePayload.SourceInfo), [27015]),
        (new("Quake3", GamePayload.QuakeStatus), [27960]),
        (new("EtherNetIP", EtherNetIpPayload.ListIdentity), [44818]),
        (new("BACnet", BacnetPayload.ReadDevice), [47808]),
    ];

    private static readonly Dictionary<int, UdpProbe> ByPort =
        Table.SelectMany(static row => row.Ports.Select(port => (Port: port, row.Probe))).ToDictionary(static row => row.Port, static row => row.Probe);

    private static readonly Dictionary<string, UdpProbe> ByName =
        Table.ToDictionary(static row => row.Probe.Name, static row => row.Probe, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of all probes, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.OrderBy(static name => name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The ports that have a probe, from the lowest.</summary>
    public static IReadOnlyList<int> Ports { get; } = [.. ByPort.Keys.OrderBy(static port => port)];

    /// <summary>The probe for a port: an empty datagram where none is known.</summary>
    public static UdpProbe For(int port) => ByPort.TryGetValue(port, out var probe) ? probe : UdpProbe.Empty;

    /// <summary>The probe of a name, in any case, or null.</summary>
    public static UdpProbe? Named(string name) => ByName.TryGetValue(name, out var probe) ? probe : null;

    private static Func<byte[]> BehindNat(Func<byte[]> message) => () => IkePayload.BehindMarker(message());
}
