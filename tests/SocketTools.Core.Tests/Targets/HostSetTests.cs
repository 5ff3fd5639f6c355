using System;
using System.Linq;
using System.Numerics;
using CsCheck;

namespace SocketTools.Tests;

public sealed class HostSetTests
{
    [Theory]
    [InlineData("db1", "db1", null)]
    [InlineData("db1.example.com.", "db1.example.com.", null)]
    [InlineData("_dmarc.example_x", "_dmarc.example_x", null)]
    [InlineData("db1:5432", "db1", 5432)]
    [InlineData("db1:https", "db1", 443)]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80)]
    [InlineData("::1", "::1", null)]
    [InlineData("0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1", null)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("[::1]:80", "::1", 80)]
    [InlineData("https://shop.example", "shop.example", 443)]
    [InlineData("https://shop.example:8443/a?b", "shop.example", 8443)]
    [InlineData("http://[::1]/", "::1", 80)]
    [InlineData("ssh://git@code.example/x", "code.example", 22)]
    [InlineData("web-1", "web-1", null)]
    [InlineData("münchen.example", "münchen.example", null)]
    public void One_host_with_or_without_its_port(string text, string host, int? port)
    {
        var target = Assert.Single(HostSet.Parse(text));

        Assert.Equal(host, target.ComputerName);
        Assert.Equal(port, target.Port);
    }

    [Theory]
    [InlineData("127.0.0.8/30", "127.0.0.8", "127.0.0.11", 4)]
    [InlineData("127.0.0.9/30", "127.0.0.8", "127.0.0.11", 4)]
    [InlineData("127.0.0.1/32", "127.0.0.1", "127.0.0.1", 1)]
    [InlineData("127.0.0.1-20", "127.0.0.1", "127.0.0.20", 20)]
    [InlineData("127.0.0.1..20", "127.0.0.1", "127.0.0.20", 20)]
    [InlineData("127.0.0.250-127.0.1.5", "127.0.0.250", "127.0.1.5", 12)]
    [InlineData("::1-::ff", "::1", "::ff", 255)]
    [InlineData("fd00::/120", "fd00::", "fd00::ff", 256)]
    [InlineData("a,b,127.0.0.0/31", "a", "127.0.0.1", 4)]
    public void Blocks_and_ranges_hold_every_address(string text, string first, string last, int count)
    {
        var hosts = HostSet.Parse(text);

        Assert.Equal(count, (int)hosts.Count);
        Assert.Equal(count, hosts.Count());
        Assert.Equal(first, hosts.First().ComputerName);
        Assert.Equal(last, hosts.Last().ComputerName);
    }

    [Fact]
    public void A_huge_block_is_expanded_lazily()
    {
        var hosts = HostSet.Parse("fd00::/64");

        Assert.Equal(BigInteger.Pow(2, 64), hosts.Count);
        Assert.Equal("fd00::3e7", hosts.Skip(999).First().ComputerName);
    }

    [Fact]
    public void A_block_passes_its_port_on() =>
        Assert.All(HostSet.Parse("127.0.0.0/30:80"), static target => Assert.Equal(80, target.Port));

    [Theory]
    [InlineData("", "blank")]
    [InlineData(" ", "blank")]
    [InlineData("a,,b", "blank")]
    [InlineData("a b", "cannot hold ' '")]
    [InlineData("/etc/hosts", "cannot hold '/'")]
    [InlineData(@"C:\hosts", "not a")]
    [InlineData(@"\\share\x", "cannot hold '\\'")]
    [InlineData("@{Host=a; Port=22}", "cannot hold '@'")]
    [InlineData("user@host", "cannot hold '@'")]
    [InlineData("a\0b", "NUL")]
    [InlineData("a\r\nb", "U+000D")]
    [InlineData("127.0.0.256", "four decimal parts")]
    [InlineData("127.1", "four decimal parts")]
    [InlineData("2130706433", "four decimal parts")]
    [InlineData("0x7f000001", "four decimal parts")]
    [InlineData("0177.0.0.1", "four decimal parts")]
    [InlineData("127.0.0.1/33", "0 to 32")]
    [InlineData("::1/129", "0 to 128")]
    [InlineData("127.0.0.1/x", "0 to 32")]
    [InlineData("127.0.0.5-1", "lower address")]
    [InlineData("127.0.0.5-300", "last part")]
    [InlineData("127.0.0.5-::1", "one address family")]
    [InlineData("db1:0", "1 to 65535")]
    [InlineData("db1:70000", "1 to 65535")]
    [InlineData("db1:", "blank")]
    [InlineData(":80", "blank")]
    [InlineData("[::1", "brackets")]
    [InlineData("[db1]:80", "brackets")]
    [InlineData("[::1]80", "after the bracket")]
    [InlineData("http://", "URL")]
    [InlineData("http://a b/", "URL")]
    [InlineData("a..b", "each part")]
    [InlineData("-a", "'-'")]
    [InlineData("a-", "'-'")]
    public void What_is_no_host_is_refused_with_what_would_be(string text, string says)
    {
        var message = Assert.Throws<FormatException>(() => HostSet.Parse(text)).Message;

        Assert.Contains(says, message);
        Assert.Contains("end point (db1:5432", message);
    }

    [Fact]
    public void Labels_and_names_have_their_longest()
    {
        Assert.Single(HostSet.Parse(new string('a', 63)));
        Assert.Throws<FormatException>(static () => HostSet.Parse(new string('a', 64)));
        Assert.Throws<FormatException>(static () => HostSet.Parse(string.Join(".", Enumerable.Repeat("abcdefghi", 26))));
    }

    [Fact]
    public void No_text_does_anything_but_parse_or_be_refused() => Gen.String.Sample(static text =>
    {
        try
        {
            _ = HostSet.Parse(text).Take(10).ToArray();
        }
        catch (FormatException)
        {
        }
    });
}
