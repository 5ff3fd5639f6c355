using System;
using System.Formats.Asn1;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace SocketTools.Tests;

public sealed class UdpProbesTests
{
    private const int Tries = 6;

    public static TheoryData<string> Names => [.. UdpProbes.Names];

    [Fact]
    public void Well_known_ports_have_a_probe_and_others_an_empty_datagram()
    {
        Assert.True(UdpProbes.Names.Count >= 40);
        Assert.All(UdpProbes.Ports, static port => Assert.Same(UdpProbes.For(port), UdpProbes.Named(UdpProbes.For(port).Name)));
        Assert.Same(UdpProbes.Named("DNS"), UdpProbes.Named("dns"));
        Assert.Null(UdpProbes.Named("no such protocol"));
        Assert.Same(UdpProbe.Empty, UdpProbes.For(9));
        Assert.Empty(UdpProbe.Empty.Request.CreatePayload(0));
        Assert.Equal([1, 2], UdpProbe.Of([1, 2]).Request.CreatePayload(3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payload_fits_into_one_packet(string name) =>
        Assert.All(Enumerable.Range(0, Tries), attempt => Assert.InRange(UdpProbes.Named(name)!.Request.CreatePayload(attempt).Length, 0, 1232));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_try_has_a_number_of_its_own_where_the_protocol_has_one(string name)
    {
        string[] without = ["NATPMP", "RIP", "SourceEngine", "SQLBrowser", "SSDP", "Time", "XDMCP", "KNX"];
        var payloads = Enumerable.Range(0, 20).Select(_ => Convert.ToHexString(UdpProbes.Named(name)!.Request.CreatePayload(0))).Distinct().Count();

        Assert.Equal(!without.Contains(name), payloads > 1);
    }

    [Fact]
    public void Payloads_take_turns()
    {
        static int Version(int attempt) => UdpProbes.For(161).Request.CreatePayload(attempt)[4];

        Assert.Equal([3, 0, 1, 3], [Version(0), Version(1), Version(2), Version(3)]);
    }

    // Where no server was at hand to answer: byte for byte as the specification lays the request out; .. is random.
    [Theory]
    [InlineData("BACnet", 0, "810A0011 0104 0005..0C 0C023FFFFF 194B")]
    [InlineData("EtherNetIP", 0, "6300 0000 00000000 00000000 ................ 00000000")]
    [InlineData("GTP", 0, "3201 0004 00000000 .... 0000")]
    [InlineData("GTPControl", 0, "4001 0009 ......00 0300010000")]
    [InlineData("IAX", 0, "80.. 0000 00000000 00 00 06 1E")]
    [InlineData("NATPMP", 0, "0000")]
    [InlineData("NFS", 0, "........ 00000000 00000002 000186A3 00000003 00000000 0000000000000000 0000000000000000")]
    [InlineData("Quake3", 0, "FFFFFFFF 676574737461747573 20 ................")]
    [InlineData("RIP", 0, "0102 0000 0000 0000 00000000 00000000 00000000 00000010")]
    [InlineData("SLP", 0, "0201 000036 0000 000000 .... 0002656E 0000 0015736572766963653A736572766963652D6167656E74 000744454641554C54 0000 0000")]
    [InlineData("SourceEngine", 0, "FFFFFFFF 54536F7572636520456E67696E6520517565727900")]
    [InlineData("SQLBrowser", 0, "03")]
    public void A_payload_is_what_its_specification_says(string name, int attempt, string expected)
    {
        var payload = Convert.ToHexString(UdpProbes.Named(name)!.Request.CreatePayload(attempt));

        Assert.Matches($"^{expected.Replace(" ", "", StringComparison.Ordinal)}$", payload);
    }

    [Fact]
    public void Remote_Desktop_is_asked_with_a_datagram_of_the_size_that_it_asks_for()
    {
        var payload = UdpProbes.For(3389).Request.CreatePayload(0);

        Assert.Equal(1232, payload.Length);
        Assert.Matches("^FFFFFFFF00400001.{8}04D004D00*$", Convert.ToHexString(payload));
    }

    [Fact]
    public void Ldap_is_asked_in_asn_1()
    {
        var message = new AsnReader(UdpProbes.For(389).Request.CreatePayload(0), AsnEncodingRules.BER).ReadSequence();
        Assert.True(message.TryReadInt32(out var number) && number >= 0);
        var search = message.ReadSequence(new Asn1Tag(TagClass.Application, 3));
        Assert.Empty(search.ReadOctetString());
        Assert.Equal([0], search.ReadEnumeratedBytes().ToArray());
        Assert.Equal([0], search.ReadEnumeratedBytes().ToArray());
        Assert.True(search.ReadInteger().IsZero);
        Assert.True(search.ReadInteger().IsZero);
        Assert.False(search.ReadBoolean());
        Assert.Equal("objectClass", Encoding.ASCII.GetString(search.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 7))));
        Assert.Equal("supportedLDAPVersion", Encoding.ASCII.GetString(search.ReadSequence().ReadOctetString()));
        message.ThrowIfNotEmpty();
    }

    [Fact]
    public void Devices_are_searched_for_in_headers()
    {
        var lines = Encoding.ASCII.GetString(UdpProbes.For(1900).Request.CreatePayload(0)).Split("\r\n");

        Assert.Equal("M-SEARCH * HTTP/1.1", lines[0]);
        Assert.Equal(["", ""], lines[^2..]);
        Assert.Equal(["HOST", "MAN", "MX", "ST"], lines[1..^2].Select(static line => line.Split(": ")[0]));
    }

    [Fact]
    public void Web_services_are_searched_for_in_xml()
    {
        XNamespace soap = "http://www.w3.org/2003/05/soap-envelope";
        XNamespace discovery = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
        var envelope = XDocument.Parse(Encoding.UTF8.GetString(UdpProbes.For(3702).Request.CreatePayload(0))).Root!;

        Assert.NotNull(envelope.Element(soap + "Body")!.Element(discovery + "Probe"));
        Assert.Equal(["To", "Action", "MessageID"], envelope.Element(soap + "Header")!.Elements().Select(static element => element.Name.LocalName));
    }
}
