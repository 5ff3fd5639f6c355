using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

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

    [Fact]
    public async Task Blocking_calls_do_not_wait_for_each_other()
    {
        using var all = new CountdownEvent(64);
        var calls = new Task<bool>[64];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = BlockingCall.RunAsync(() =>
            {
                all.Signal();
                return all.Wait(TimeSpan.FromSeconds(30));
            }, out _);
        }

        Assert.All(await Task.WhenAll(calls), Assert.True);
    }

    [Fact]
    public async Task An_exception_reaches_who_asked() =>
        await Assert.ThrowsAsync<InvalidOperationException>(static () => BlockingCall.RunAsync<int>(static () => throw new InvalidOperationException(), out _));

    private static SystemResolver Make(string name) => name == "glibc" ? new GlibcResolver() : new PortableResolver();
}
