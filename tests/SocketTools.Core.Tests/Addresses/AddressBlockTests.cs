using System;
using System.Numerics;
using CsCheck;

namespace SocketTools.Tests;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("192.0.2.77/26", "192.0.2.64/26", "192.0.2.65", "192.0.2.126", "192.0.2.127", 64, 62)]
    [InlineData("10.1.2.3/8", "10.0.0.0/8", "10.0.0.1", "10.255.255.254", "10.255.255.255", 16777216, 16777214)]
    [InlineData("10.0.0.5/30", "10.0.0.4/30", "10.0.0.5", "10.0.0.6", "10.0.0.7", 4, 2)]
    [InlineData("10.0.0.5/31", "10.0.0.4/31", "10.0.0.4", "10.0.0.5", null, 2, 2)]
    [InlineData("10.0.0.5/32", "10.0.0.5/32", "10.0.0.5", "10.0.0.5", null, 1, 1)]
    [InlineData("1.2.3.4/0", "0.0.0.0/0", "0.0.0.1", "255.255.255.254", "255.255.255.255", 4294967296, 4294967294)]
    [InlineData("2001:db8::7/120", "2001:db8::/120", "2001:db8::1", "2001:db8::ff", null, 256, 255)]
    [InlineData("2001:db8::7/127", "2001:db8::6/127", "2001:db8::6", "2001:db8::7", null, 2, 2)]
    [InlineData("2001:db8::7/128", "2001:db8::7/128", "2001:db8::7", "2001:db8::7", null, 1, 1)]
    public void A_prefix_makes_a_block(string text, string network, string first, string last, string? broadcast, long count, long hosts)
    {
        var info = IPAddressInfo.Parse(text);

        Assert.Equal((network, first, last, broadcast), (info.Network, info.FirstHost, info.LastHost, info.BroadcastAddress));
        Assert.Equal((count, hosts), (info.AddressCount, info.HostCount));
        Assert.Equal(network, $"{info.NetworkAddress}/{info.PrefixLength}");
        Assert.Equal(text.Split('/')[0], info.Address);
    }

    [Fact]
    public void Large_blocks_are_counted_exactly()
    {
        Assert.Equal(1L << 62, IPAddressInfo.Parse("::/66").AddressCount);
        Assert.Equal(BigInteger.One << 63, IPAddressInfo.Parse("::/65").AddressCount);
        Assert.Equal(BigInteger.One << 128, IPAddressInfo.Parse("::/0").AddressCount);
        Assert.Equal((BigInteger.One << 64) - 1, IPAddressInfo.Parse("fe80::/64").HostCount);
    }

    [Fact]
    public void Masks_part_the_bits()
    {
        var info = IPAddressInfo.Parse("10.0.0.0/12");

        Assert.Equal(("255.240.0.0", "0.15.255.255"), (info.Netmask, info.WildcardMask));
        Assert.Equal(("ffff:fff0::", "0:f:ffff:ffff:ffff:ffff:ffff:ffff"), (IPAddressInfo.Parse("::/28").Netmask, IPAddressInfo.Parse("::/28").WildcardMask));
    }

    [Fact]
    public void Without_a_prefix_there_is_no_block()
    {
        var info = IPAddressInfo.Parse("10.0.0.1");

        Assert.All(
            new object?[] { info.PrefixLength, info.Network, info.NetworkAddress, info.BroadcastAddress, info.FirstHost, info.LastHost, info.AddressCount, info.HostCount, info.Netmask, info.WildcardMask },
            Assert.Null);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "10.5.0.0/16", true)]
    [InlineData("10.5.0.0/16", "10.0.0.0/8", false)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("fe80::/10", "fe80::1", true)]
    [InlineData("::ffff:0:0/96", "::ffff:10.0.0.1", true)]
    public void A_block_contains_what_lies_in_it(string block, string other, bool contains) =>
        Assert.Equal(contains, IPAddressInfo.Parse(block).Contains(IPAddressInfo.Parse(other)));

    [Fact]
    public void A_block_is_what_its_numbers_say() => Gen.Select(Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.Int[0, 128]).Sample(static (bytes, length) =>
    {
        var width = bytes.Length * 8;
        var bits = Math.Min(length, width);
        var block = new AddressBlock(bytes, bits);
        var first = AddressNotation.Number(block.First.GetAddressBytes());

        Assert.Equal(AddressNotation.Number(bytes) >> (width - bits), first >> (width - bits));
        Assert.Equal(first + block.Count - 1, AddressNotation.Number(block.Last.GetAddressBytes()));
        Assert.Equal(block.HostCount, AddressNotation.Number(block.LastHost.GetAddressBytes()) - AddressNotation.Number(block.FirstHost.GetAddressBytes()) + 1);
        Assert.True(block.Contains(bytes));
        Assert.True(block.Contains(block.First.GetAddressBytes()) && block.Contains(block.Last.GetAddressBytes()));
        if (width == 32)
            Assert.Equal(bits, AddressBlock.PrefixLengthOf(block.Netmask));
        if (width == 32 && bits is > 0 and < 32)
            Assert.Equal(bits, AddressBlock.PrefixLengthOf(block.Wildcard));
    });
}
