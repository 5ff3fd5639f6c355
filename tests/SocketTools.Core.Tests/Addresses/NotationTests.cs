using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Numerics;
using CsCheck;

namespace SocketTools.Tests;

public sealed class NotationTests
{
    private static readonly Gen<IPAddressInfo> Addresses = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.OneOf(Gen.Const((byte)0), Gen.Const((byte)0), Gen.Byte).Array[16])
        .Select(static bytes => new IPAddressInfo(new IPAddress(bytes)));

    [Fact]
    public void An_IPv4_address_has_every_notation()
    {
        var info = IPAddressInfo.Parse("192.0.2.7");

        Assert.Equal(("192.0.2.7", "192.0.2.7", 4), (info.Address, info.Expanded, info.Version));
        Assert.Equal([192, 0, 2, 7], info.Bytes);
        Assert.Equal(3221225991L, info.Number);
        Assert.Equal("0xc0000207", info.Hexadecimal);
        Assert.Equal("11000000.00000000.00000010.00000111", info.Binary);
        Assert.Equal("7.2.0.192.in-addr.arpa", info.ReverseName);
        Assert.Equal("::ffff:192.0.2.7", info.MappedAddress);
        Assert.Null(info.EmbeddedAddress);
        Assert.Equal((uint)IPAddress.HostToNetworkOrder(unchecked((int)3221225991)), info.NetworkOrderNumber);
    }

    [Fact]
    public void An_IPv6_address_has_every_notation()
    {
        var info = IPAddressInfo.Parse("2001:DB8:0:0:0:0:0:7");

        Assert.Equal(("2001:db8::7", "2001:0db8:0000:0000:0000:0000:0000:0007", 6), (info.Address, info.Expanded, info.Version));
        Assert.Equal(BigInteger.Parse("42540766411282592856903984951653826567", CultureInfo.InvariantCulture), info.Number);
        Assert.Equal("0x20010db8000000000000000000000007", info.Hexadecimal);
        Assert.StartsWith("0010000000000001:0000110110111000:0000000000000000:", info.Binary);
        Assert.Equal("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", info.ReverseName);
        Assert.Null(info.MappedAddress);
        Assert.Null(info.Class);
        Assert.Null(info.NetworkOrderNumber);
    }

    [Fact]
    public void Every_notation_leads_back() => Addresses.Sample(static info =>
    {
        foreach (var text in new[] { info.Address, info.Expanded, info.Hexadecimal, info.Binary, info.ReverseName, info.ReverseName.ToUpperInvariant() + ".", info.ToString() })
            Assert.Equal(info.Bytes, AddressInput.Parse(text).Address.GetAddressBytes());
        Assert.Equal(info.Bytes, AddressInput.Of(info.Bytes).Address.GetAddressBytes());
        var number = AddressInput.Of(info.Number is long small ? small : (BigInteger)info.Number);
        Assert.Equal(info.Bytes, (info.Version == 6 ? number.AsIPv6() : number).Address.GetAddressBytes());
        if (info is { Version: 4, MappedAddress: { } mapped })
            Assert.Equal(info.Address, IPAddressInfo.Parse(mapped).EmbeddedAddress);
    });

    [Theory]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("::192.0.2.7", "192.0.2.7")]
    [InlineData("64:ff9b::192.0.2.7", "192.0.2.7")]
    [InlineData("2002:c000:207::1", "192.0.2.7")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", "192.0.2.45")] // the example of RFC 4380 is of this form
    [InlineData("64:ff9b:1::192.0.2.7", null)]
    [InlineData("2001:db8::192.0.2.7", null)]
    [InlineData("::", null)]
    [InlineData("::1", null)]
    [InlineData("192.88.99.1", null)]
    public void An_IPv4_address_in_an_IPv6_address_is_found(string text, string? embedded) =>
        Assert.Equal(embedded, IPAddressInfo.Parse(text).EmbeddedAddress);

    [Theory]
    [InlineData("0x7F000001", "127.0.0.1")]
    [InlineData("0b01111111000000000000000000000001", "127.0.0.1")]
    [InlineData("01111111000000000000000000000001", "127.0.0.1")]
    [InlineData(" 127.0.0.1 ", "127.0.0.1")]
    [InlineData("[::1]", "::1")]
    [InlineData("127.0.0.1:80", "127.0.0.1:80")]
    [InlineData("[::1]:https", "[::1]:443")]
    [InlineData("http://127.0.0.1/a/b", "127.0.0.1:80")]
    [InlineData("10.1.2.3/8", "10.1.2.3/8")]
    [InlineData("10.1.2.3/255.0.0.0", "10.1.2.3/8")]
    [InlineData("10.1.2.3/0.255.255.255", "10.1.2.3/8")]
    [InlineData("10.1.2.3/0.0.0.0", "10.1.2.3/0")]
    [InlineData("10.1.2.3/255.255.255.255", "10.1.2.3/32")]
    [InlineData("0x7f000001/8", "127.0.0.1/8")]
    [InlineData("2.0.192.in-addr.arpa", "192.0.2.0/24")]
    [InlineData("127.IN-ADDR.ARPA.", "127.0.0.0/8")]
    [InlineData("8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8::/32")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    public void Text_is_read(string text, string expected) => Assert.Equal(expected, IPAddressInfo.Parse(text).ToString());

    [Theory]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("127.0.1", "127.0.0.1")]
    [InlineData("1.2.770", "1.2.3.2")]
    [InlineData("1.16909060", null)]
    [InlineData("0177.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.010", "127.0.0.8")]
    [InlineData("0x7f.0.0.1", "127.0.0.1")]
    [InlineData("0x7f.1", "127.0.0.1")]
    [InlineData("0x7f", "0.0.0.127")]
    [InlineData("0xc000020", "12.0.0.32")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("017700000001", "127.0.0.1")]
    [InlineData("0", "0.0.0.0")]
    [InlineData("4294967295", "255.255.255.255")]
    [InlineData("4294967296", null)]
    [InlineData("256.1", null)]
    [InlineData("08.0.0.1", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("127.0.0.", null)]
    [InlineData("-1", null)]
    [InlineData("0x", null)]
    [InlineData("0xffffffffffffffffffff", null)]
    [InlineData("0777777777777777777777777", null)]
    public void Old_forms_are_read_as_inet_aton_reads_them_and_marked(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<FormatException>(() => AddressInput.Parse(text));
            return;
        }
        var input = AddressInput.Parse(text);

        Assert.Equal(expected, input.Address.ToString());
        Assert.True(input.IsLegacy);
        Assert.Contains("old form", Assert.Throws<FormatException>(() => IPAddressInfo.Parse(text)).Message);
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData("db1", "Resolve-HostInfo db1")]
    [InlineData("db1.example:80", "Resolve-HostInfo db1.example")]
    [InlineData("localhost/8", "Resolve-HostInfo")]
    [InlineData("127.0.0.256", "not an address")]
    [InlineData("10.0.0.0/33", "0 to 32")]
    [InlineData("10.0.0.0/-1", "0 to 32")]
    [InlineData("10.0.0.0/", "0 to 32")]
    [InlineData("10.0.0.0/255.0.255.0", "mask")]
    [InlineData("::/129", "0 to 128")]
    [InlineData("::/255.0.0.0", "0 to 128")]
    [InlineData("2.0.192.in-addr.arpa/24", "two prefixes")]
    [InlineData("300.in-addr.arpa", "not an address")]
    [InlineData("5.4.3.2.1.in-addr.arpa", "not an address")]
    [InlineData("10.b.ip6.arpa", "not an address")]
    [InlineData("0xg0000207", "not an address")]
    [InlineData("11000000.00000000.00000010.0000011", "not an address")]
    [InlineData("127.0.0.1:0", "not an address")]
    [InlineData("127.0.0.1-20", "not an address")]
    [InlineData("::ffff:0177.0.0.1", "not an address")]
    [InlineData("fe80::1%no-such-interface", "no such network interface")]
    [InlineData("a\0b", "not an address")]
    public void What_is_no_address_is_refused_with_what_would_be(string text, string says)
    {
        var message = Assert.Throws<FormatException>(() => AddressInput.Parse(text)).Message;

        Assert.Contains(says, message);
    }

    [Fact]
    public void Numbers_of_32_bits_are_IPv4_unless_IPv6_is_asked_for()
    {
        Assert.Equal("192.0.2.7", AddressInput.Of(3221225991).Address.ToString());
        // What PowerShell makes of 0xc0000207.
        Assert.Equal("192.0.2.7", AddressInput.Of(unchecked((int)0xc0000207)).Address.ToString());
        Assert.Equal("::1:0:0", AddressInput.Of(BigInteger.One << 32).Address.ToString());
        Assert.Equal("::1", AddressInput.Of(1).AsIPv6().Address.ToString());
        Assert.Equal("127.0.0.1", AddressInput.Parse("127.0.0.1").AsIPv6().Address.ToString());
        Assert.Throws<FormatException>(static () => AddressInput.Of(BigInteger.One << 128));
        Assert.Throws<FormatException>(static () => AddressInput.Of(int.MinValue - 1L));
        Assert.Throws<FormatException>(static () => AddressInput.Of(new byte[5]));
    }

    [Fact]
    public void A_port_has_its_network_order()
    {
        Assert.Equal((80, 20480), (IPAddressInfo.Parse("127.0.0.1:80").Port, IPAddressInfo.Parse("127.0.0.1:80").NetworkOrderPort));
        Assert.Equal((ushort)IPAddress.HostToNetworkOrder(unchecked((short)40000)), IPAddressInfo.Parse("127.0.0.1:40000").NetworkOrderPort);
        Assert.Null(IPAddressInfo.Parse("127.0.0.1").NetworkOrderPort);
    }

    [Fact]
    public void No_text_does_anything_but_parse_or_be_refused() => Gen.OneOf(
            Gen.String,
            Gen.OneOf("1", "127", "0", "0x", "0b", "f", ".", ":", "::", "/", "%", "in-addr.arpa", "ip6.arpa", "[", "]", "-", "8").Array[0, 12].Select(string.Concat))
        .Sample(static text =>
        {
            try
            {
                var info = IPAddressInfo.Parse(text);
                _ = typeof(IPAddressInfo).GetProperties().Select(property => property.GetValue(info)).ToArray();
            }
            catch (FormatException)
            {
            }
        });
}
