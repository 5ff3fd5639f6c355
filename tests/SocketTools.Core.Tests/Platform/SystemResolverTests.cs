using System.Net;
using System.Net.Sockets;

namespace SocketTools.Tests;

/// <summary>What every system resolver must do, on names that the hosts file knows.</summary>
public sealed class SystemResolverTests
{
    public static TheoryData<string> Resolvers => GlibcResolver.IsSupported ? ["portable", "glibc"] : ["portable"];

    [Theory, MemberData(nameof(Resolvers))]
    public void A_name_has_addresses_each_once(string name)
    {
        var answer = Make(name).Resolve("localhost", AddressFamily.Unspecified);

        Assert.Null(answer.Error);
        Assert.Contains(IPAddress.Loopback, answer.Addresses);
        Assert.Distinct(answer.Addresses);
        Assert.False(string.IsNullOrEmpty(answer.CanonicalName));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void A_family_can_be_asked_for(string name) =>
        Assert.All(
            Make(name).Resolve("localhost", AddressFamily.InterNetwork).Addresses,
            static a => Assert.Equal(AddressFamily.InterNetwork, a.AddressFamily));

    [Theory, MemberData(nameof(Resolvers))]
    public void An_address_has_its_name(string name)
    {
        var answer = Make(name).Reverse(IPAddress.Loopback);

        Assert.Null(answer.Error);
        Assert.Contains("localhost", answer.Names);
    }

    private static SystemResolver Make(string name) => name == "glibc" ? new GlibcResolver() : new PortableResolver();
}
