using System;
using System.Linq;
using CsCheck;

namespace SocketTools.Tests;

public sealed class PortSetTests
{
    [Theory]
    [InlineData("22", 22)]
    [InlineData(" 22 , 80 ", 22, 80)]
    [InlineData("80-82", 80, 81, 82)]
    [InlineData("80..82", 80, 81, 82)]
    [InlineData("443,80-81,443,80", 443, 80, 81)]
    [InlineData("http,ssh", 80, 22)]
    [InlineData("HTTPS", 443)]
    [InlineData("65535", 65535)]
    public void Text_is_read_in_order_each_port_once(string text, params int[] ports)
    {
        var set = PortSet.Parse(text);

        Assert.Equal(ports, set);
        Assert.Equal(ports.Length, set.Count);
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData("80,", "blank")]
    [InlineData("0", "1 to 65535")]
    [InlineData("-1", "1 to 65535")]
    [InlineData("65536", "1 to 65535")]
    [InlineData("99999999999999999999", "not a port")]
    [InlineData("1-70000", "1 to 65535")]
    [InlineData("20-10", "10-20")]
    [InlineData("1-", "not a port")]
    [InlineData("80.5", "not a port")]
    [InlineData("no-such-service", "service names")]
    public void What_is_no_port_is_refused_with_what_would_be(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => PortSet.Parse(text)).Message);

    [Fact]
    public void The_reserved_port_counts_where_it_is_asked_for()
    {
        Assert.Equal([0, 1], PortSet.Parse("0,1", 0));
        Assert.Equal(65536, PortSet.Parse("0-65535", 0).Count);
        Assert.Equal([0], PortSet.Of(0, 0));
        Assert.Throws<FormatException>(static () => PortSet.Parse("-1", 0));
        Assert.Throws<FormatException>(static () => PortSet.Of(0));
    }

    [Fact]
    public void A_name_stands_for_the_whole_range() => Assert.Contains(6063, PortSet.Parse("x11"));

    [Fact]
    public void All_ports_are_65535() => Assert.Equal(65535, PortSet.Parse("1-65535").Count);

    [Fact]
    public void Ports_can_be_left_out() =>
        Assert.Equal([9, 1, 2, 5], PortSet.Parse("9,1-5").Except(PortSet.Parse("3-4,80")));

    [Fact]
    public void A_set_reads_back_from_its_own_text() =>
        (from first in Gen.Int[1, 65535]
         from length in Gen.Int[0, 50]
         select $"{first}-{Math.Min(65535, first + length)}").Array[1, 8].Sample(parts =>
        {
            var set = PortSet.Parse(string.Join(",", parts));
            Assert.Equal(set, PortSet.Parse(set.ToString()));
            Assert.Equal(set.Distinct(), set);
        });

    [Fact]
    public void No_text_does_anything_but_parse_or_be_refused() => Gen.String.Sample(static text =>
    {
        try
        {
            _ = PortSet.Parse(text).ToArray();
        }
        catch (FormatException)
        {
        }
    });
}
