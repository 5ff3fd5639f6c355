using System;
using System.Linq;
using System.Net;
using System.Text;

namespace SocketTools.Tests;

public sealed class DnsNameTests
{
    private static readonly string Label63 = new('a', 63);

    [Theory]
    [InlineData("www.example.test", "www.example.test")]
    [InlineData("www.example.test.", "www.example.test")]
    [InlineData("WWW.Example.Test", "WWW.Example.Test")]
    [InlineData("_ldap._tcp.example.test", "_ldap._tcp.example.test")]
    [InlineData("*.example.test", "*.example.test")]
    [InlineData("0/25.2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa")]
    [InlineData("test", "test")]
    [InlineData(".", "")]
    [InlineData("bücher.example.test", "xn--bcher-kva.example.test")]
    [InlineData("例え。テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("xn--bcher-kva.example.test", "xn--bcher-kva.example.test")]
    public void A_name_is_asked_for_in_ASCII_without_its_final_dot(string text, string ascii)
    {
        var name = DnsName.Parse(text);

        Assert.Equal((text, ascii, false), (name.Text, name.Ascii, name.IsReverse));
    }

    [Theory]
    [InlineData("192.0.2.7", "7.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::7", "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void An_address_stands_for_its_reverse_name(string text, string ascii)
    {
        Assert.Equal((text, ascii, true), (DnsName.Parse(text).Text, DnsName.Parse(text).Ascii, DnsName.Parse(text).IsReverse));
        Assert.Equal(ascii, DnsName.ReverseOf(IPAddress.Parse(text)).Ascii);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".test")]
    [InlineData("a..test")]
    [InlineData("a b.test")]
    [InlineData("a\0b.test")]
    [InlineData("a\u200b b.test")]
    [InlineData("a\nb.test")]
    [InlineData("https://example.test")]
    [InlineData("example.test:53")]
    [InlineData("a\\b.test")]
    [InlineData("xn--a.ü\ud800.test")]
    public void What_is_no_name_is_refused(string text)
    {
        var error = Assert.Throws<FormatException>(() => DnsName.Parse(text));

        Assert.Contains(DnsName.Accepted, error.Message);
        Assert.DoesNotContain('\0', error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Labels_have_63_characters_and_names_253()
    {
        var longest = string.Join('.', Label63, Label63, Label63, new string('b', 61));

        Assert.Equal(253, DnsName.Parse(longest).Ascii.Length);
        Assert.Equal(253, DnsName.Parse(longest + ".").Ascii.Length);
        Assert.Throws<FormatException>(() => DnsName.Parse(longest + "b"));
        Assert.Throws<FormatException>(static () => DnsName.Parse(Label63 + "a.test"));
        Assert.Throws<FormatException>(static () => DnsName.Parse(new string('ü', 63) + ".test"));
    }

    [Theory]
    [InlineData("xn--bcher-kva.example.test", "bücher.example.test")]
    [InlineData("XN--BCHER-KVA.example.test", "bücher.example.test")]
    [InlineData("www.example.test", "www.example.test")]
    [InlineData("xn--.test", "xn--.test")]
    [InlineData("xn--a-.test", "xn--a-.test")]
    public void International_names_come_back_readable_if_that_leads_back(string ascii, string text) =>
        Assert.Equal(text, DnsName.ToUnicode(ascii));

    [Fact]
    public void Bytes_that_no_host_name_has_are_escapes()
    {
        Assert.Equal("a\\.b\\\\.c\\032d\\000\\255", DnsName.FromLabels([Label("a.b\\"), Label("c d\0\xFF")]));
        Assert.Equal(".", DnsName.FromLabels([]));
    }

    [Fact]
    public void Names_of_messages_have_an_end()
    {
        Assert.Throws<FormatException>(static () => DnsName.FromLabels(Enumerable.Repeat(Label(Label63), 4)));
        Assert.Throws<FormatException>(static () => DnsName.FromLabels([Label(Label63 + "a")]));
    }

    private static ArraySegment<byte> Label(string text) => new(Encoding.Latin1.GetBytes(text));
}
