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
}
