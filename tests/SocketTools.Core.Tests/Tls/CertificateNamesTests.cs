using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SocketTools.Tests;

/// <summary>Whether a certificate is for a server (RFC 9525).</summary>
public sealed class CertificateNamesTests
{
    [Theory]
    [InlineData("www.example.test", "www.example.test", true)]
    [InlineData("www.example.test", "WWW.Example.TEST.", true)]
    [InlineData("www.example.test", "example.test", false)]
    [InlineData("*.example.test", "www.example.test", true)]
    [InlineData("*.example.test", "a.b.example.test", false)]
    [InlineData("*.example.test", "example.test", false)]
    [InlineData("w*.example.test", "www.example.test", false)]
    [InlineData("*", "localhost", false)]
    [InlineData("localhost", "localhost", true)]
    [InlineData("xn--bcher-kva.example.test", "bücher.example.test", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("::1", "0:0:0:0:0:0:0:1", true)]
    [InlineData("127.0.0.1", "localhost", false)]
    [InlineData("*.0.0.1", "127.0.0.1", false)]
    public void Names_match_by_label_and_addresses_by_value(string pattern, string server, bool matches)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue([pattern]);

        Assert.Equal(matches, new CertificateNames(certificate).Match(server));
    }

    [Fact]
    public void Any_of_several_names_is_enough()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(["a.example.test", "b.example.test", "127.0.0.1"]);
        var names = new CertificateNames(certificate);

        Assert.Equal(["a.example.test", "b.example.test", "127.0.0.1"], names.All);
        Assert.True(names.Match("b.example.test"));
        Assert.True(names.Match("127.0.0.1"));
        Assert.False(names.Match("c.example.test"));
    }

    [Fact]
    public void Long_names_and_names_of_other_kinds_are_whole()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 4));
        var der = Element(0x30, [.. Element(0x82, Encoding.ASCII.GetBytes(name)), .. Element(0x82, "127.0.0.1"u8.ToArray()), .. Element(0x88, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D]), .. Element(0xA0, [0x06, 0x03, 0x55, 0x04, 0x03, 0xA0, 0x00]), .. Element(0xA4, new X500DistinguishedName("CN=web1").RawData)]);
        using var authority = new TestAuthority();
        using var key = TestCertificate.NewKey();
        var request = TestCertificate.Request("CN=web1", key);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", der, false));
        using var certificate = request.Create(
            request.SubjectName, TestCertificate.Signer(key), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1),
            TestCertificate.Serial());

        Assert.Equal([name, "DNS:127.0.0.1", "RID:1.2.840.113549", "otherName:2.5.4.3", "DirName:CN=web1"], new CertificateNames(certificate).All);
        Assert.False(new CertificateNames(certificate).Match("127.0.0.1"));
    }

    [Theory]
    [InlineData("550403", "2.5.4.3")]
    [InlineData("2B0601040182371402", "1.3.6.1.4.1.311.20.2")]
    [InlineData("8837", "2.999")]
    [InlineData("88", null)]
    [InlineData("", null)]
    [InlineData("FFFFFFFFFFFFFFFFFFFF7F", null)]
    public void Object_identifiers_are_read(string hexadecimal, string? text)
    {
        var bytes = Convert.FromHexString(hexadecimal);

        if (text is null)
            Assert.Throws<FormatException>(() => DerReader.ObjectIdentifier(bytes));
        else
            Assert.Equal(text, DerReader.ObjectIdentifier(bytes));
    }

    private static byte[] Element(int tag, byte[] content) =>
        [(byte)tag, .. content.Length < 128 ? new[] { (byte)content.Length } : [0x82, (byte)(content.Length >> 8), (byte)content.Length], .. content];
}
