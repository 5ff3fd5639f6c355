using System;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

public sealed class ProtocolRegistryTests
{
    private static readonly ProtocolRegistry IanaOnly = new([], ServiceSources.ReadIanaProtocols());

    [Theory]
    [InlineData("hopopt", 0)]
    [InlineData("icmp", 1)]
    [InlineData("ICMP", 1)]
    [InlineData("tcp", 6)]
    [InlineData("udp", 17)]
    [InlineData("ipv6", 41)]
    [InlineData("gre", 47)]
    [InlineData("esp", 50)]
    [InlineData("ipv6-icmp", 58)]
    [InlineData("sctp", 132)]
    public void IANA_knows_the_protocol(string name, int number)
    {
        var protocol = Assert.Single(IanaOnly.FindByName(name));

        Assert.Equal((number, ServiceOrigin.Iana), (protocol.Number, protocol.Origin));
        Assert.Same(protocol, IanaOnly.FindByNumber(number));
    }

    [Fact]
    public void The_system_stands_before_IANA_which_adds_what_it_lacks()
    {
        var registry = Registry("icmp\t1\tICMP\nmine 17 # my own\nip 0 IP # pseudo", "icmp 1 # Internet Control Message\nicmp4 1 ICMP\nudp 17\nhopopt 0\ntcp 6");

        Assert.Equal(
            ["icmp 1 [ICMP icmp4] 'Internet Control Message' System", "mine 17 [] 'my own' System", "ip 0 [IP] 'pseudo' System",
                "udp 17 [] '' Iana", "hopopt 0 [] '' Iana", "tcp 6 [] '' Iana"],
            registry.All.Select(Show));
        Assert.Equal("mine", registry.FindByNumber(17)?.Name);
        Assert.Equal(17, registry.FindByName("udp").Single().Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# tcp 6")]
    [InlineData("tcp")]
    [InlineData("tcp six")]
    [InlineData("tcp -6")]
    [InlineData("tcp 99999999999")]
    [InlineData("tcp # 6")]
    [InlineData("#\t99\t\t\t# any private encryption scheme")]
    public void What_is_no_entry_is_left_out(string line) => Assert.Empty(Registry(line, "").All);

    [Fact]
    public void Nothing_counts_after_NUL_and_line_ends_may_be_those_of_Windows() =>
        Assert.Equal(["tcp 6 [TCP] '' System", "udp 17 [] 'd' System"], Registry("tcp 6 TCP\0 x # y\r\nudp 17 # d\r\n", "").All.Select(Show));

    [Fact]
    public void The_table_is_in_order_and_complete()
    {
        Assert.Equal(IanaOnly.All.OrderBy(static p => p.Number), IanaOnly.All);
        Assert.InRange(IanaOnly.All.Count, 140, 255);
        Assert.Equal(IanaOnly.All.Count, IanaOnly.All.Select(static p => p.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(IanaOnly.All, static p => Assert.InRange(p.Number, 0, 255));
        Assert.Null(IanaOnly.FindByNumber(200));
        Assert.Empty(IanaOnly.FindByName("1"));
    }

    private static ProtocolRegistry Registry(string system, string iana) => new(Encoding.UTF8.GetBytes(system), Encoding.UTF8.GetBytes(iana));

    private static string Show(ProtocolInfo protocol) =>
        $"{protocol} [{string.Join(' ', protocol.Aliases)}] '{protocol.Description}' {protocol.Origin}";
}
