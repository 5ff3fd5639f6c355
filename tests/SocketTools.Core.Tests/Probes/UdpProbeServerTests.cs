using System;
using System.Net;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class UdpProbeServerTests
{
    [Theory]
    [InlineData("dnsmasq", 53)]
    [InlineData("dnsmasq", 69)]
    [InlineData("named", 53)]
    [InlineData("named", 53, 1)]
    [InlineData("named, refusing", 53)]
    [InlineData("named, refusing", 53, 1)]
    [InlineData("unbound", 53)]
    [InlineData("unbound", 53, 1)]
    [InlineData("nsd", 53)]
    [InlineData("nsd", 53, 1)]
    [InlineData("chronyd", 123)]
    [InlineData("snmpd", 161)]
    [InlineData("snmpd", 161, 1)]
    [InlineData("snmpd", 161, 2)]
    [InlineData("caddy", 443)]
    [InlineData("rpcbind", 111)]
    [InlineData("memcached", 11211)]
    [InlineData("turnserver", 3478)]
    [InlineData("turnserver", 5349)]
    [InlineData("openvpn", 1194)]
    [InlineData("freeradius", 1812)]
    [InlineData("krb5kdc", 88)]
    [InlineData("nmbd", 137, 0, OwnNetwork.LinkAddress)]
    [InlineData("kamailio", 5060)]
    [InlineData("charon", 500)]
    [InlineData("charon", 500, 1)]
    [InlineData("charon", 4500)]
    [InlineData("coap-server", 5683)]
    [InlineData("coap-server, DTLS", 5684)]
    [InlineData("inetd", 7, 0, OwnNetwork.LinkAddress)]
    [InlineData("inetd", 13, 0, OwnNetwork.LinkAddress)]
    [InlineData("inetd", 19, 0, OwnNetwork.LinkAddress)]
    [InlineData("inetd", 37, 0, OwnNetwork.LinkAddress)]
    [InlineData("ipmi_sim", 623)]
    [InlineData("ipmi_sim", 623, 1)]
    [InlineData("xdm", 177)]
    [InlineData("tftpd", 69)]
    [InlineData("avahi-daemon", 5353, 0, OwnNetwork.LinkAddress)]
    [InlineData("xl2tpd", 1701)]
    [InlineData("knxd", 3671)]
    [InlineData("aria2c", 6881)]
    public Task A_real_server_answers(string server, int port, int attempt = 0, string address = "127.0.0.1") => OwnNetwork.RunAsync(() =>
    {
        using var running = new UdpServer(UdpServers.All[server]);
        var probe = UdpProbes.For(port);
        var (payload, answer) = running.Ask(probe, new IPEndPoint(IPAddress.Parse(address), port), attempt);

        Assert.True(UdpReplies.Fits(probe.Name, payload, answer), $"{probe}: {Convert.ToHexString(payload)} was answered {Convert.ToHexString(answer)}");
    });

    [Fact]
    public Task A_directory_server_reads_the_request_for_its_own_entry() => OwnNetwork.RunAsync(() =>
    {
        // Debian's slapd has no UDP; the message is the same over TCP.
        using var running = new UdpServer(new("slapd", "-d", "1", "-h", "ldap://127.0.0.1", "-f", "FOLDER/conf") { Files = { ["conf"] = "pidfile FOLDER/pid\n" } });
        var (payload, answer) = running.Ask(UdpProbes.For(389), new IPEndPoint(IPAddress.Loopback, 389), overTcp: true);

        Assert.True(UdpReplies.Fits("LDAP", payload, answer), Convert.ToHexString(answer));
    });
}
