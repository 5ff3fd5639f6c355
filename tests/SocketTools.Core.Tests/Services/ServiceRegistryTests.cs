using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class ServiceRegistryTests
{
    private const string Iana = """
        # a comment
        ssh 22#The Secure Shell (SSH) Protocol
        http 80 www www-http#World Wide Web HTTP
        submissions 465/tcp#Message Submission over TLS protocol
        igmpv3lite 465/udp#IGMP over UDP for SSM
        urd 465/tcp#URL Rendezvous Directory for SSM
        x11 6000-6063#X Window System
        ircu 6665-6669/tcp#IRCU
        http-alt 8080
        """;

    [Fact]
    public void The_system_stands_before_Iana()
    {
        var registry = ServicesText.Registry("mine 22/tcp # my own", Iana);

        Assert.Equal("mine 22/tcp [] 'my own' System", registry.FindByPort(22, TransportProtocol.Tcp).Show());
        Assert.Equal("mine", registry.NameOf(22, TransportProtocol.Tcp));
        Assert.Equal(
            ["mine 22/tcp [] 'my own' System", "ssh 22/tcp [] 'The Secure Shell (SSH) Protocol' Iana"],
            registry.FindAllByPort(22, TransportProtocol.Tcp).Show());
        Assert.Equal(
            "ssh 22/udp [] 'The Secure Shell (SSH) Protocol' Iana",
            registry.FindByPort(22, TransportProtocol.Udp).Show());
    }

    [Fact]
    public void A_service_that_both_know_is_one_entry()
    {
        var registry = ServicesText.Registry("HTTP 80/tcp web www\nssh 22/tcp # remote login", Iana);

        Assert.Equal(
            ["HTTP 80/tcp [web www www-http] 'World Wide Web HTTP' System"],
            registry.FindAllByPort(80, TransportProtocol.Tcp).Show());
        Assert.Equal(
            ["ssh 22/tcp [] 'remote login' System"], registry.FindAllByPort(22, TransportProtocol.Tcp).Show());
        Assert.Equal(
            [
                "HTTP 80/tcp [web www www-http] 'World Wide Web HTTP' System",
                "http 80/udp [www www-http] 'World Wide Web HTTP' Iana",
            ],
            registry.FindByName("www-http").Show());
    }

    [Fact]
    public void An_alias_is_enough_to_be_the_same_service()
    {
        var registry = ServicesText.Registry("smtps 465/tcp urd submissions", Iana);

        Assert.Equal(
            ["smtps 465/tcp [urd submissions] 'Message Submission over TLS protocol' System"],
            registry.FindAllByPort(465, TransportProtocol.Tcp).Show());
        Assert.Equal(["smtps 465/tcp"], registry.FindByName("URD").Select(service => service.ToString()));
    }

    [Fact]
    public void A_name_is_found_in_any_case_and_by_alias()
    {
        var registry = ServicesText.Registry("https 443/tcp\nldap 389/tcp\nhttps 8443/tcp", Iana);

        Assert.Equal(["https 443/tcp", "https 8443/tcp"], Names(registry.FindByName("HttpS")));
        Assert.Equal(["http 80/tcp", "http 80/udp"], Names(registry.FindByName("WWW")));
        Assert.Equal(["http 80/udp"], Names(registry.FindByName("www", TransportProtocol.Udp)));
        Assert.Empty(registry.FindByName("htt"));
        Assert.Empty(registry.FindByName("http*"));
        Assert.Empty(registry.FindByName(""));
    }

    [Fact]
    public void A_range_is_each_of_its_ports()
    {
        var registry = ServicesText.Registry("", Iana);

        Assert.Null(registry.NameOf(5999, TransportProtocol.Tcp));
        Assert.Equal("x11", registry.NameOf(6000, TransportProtocol.Tcp));
        Assert.Equal("x11", registry.NameOf(6063, TransportProtocol.Udp));
        Assert.Null(registry.NameOf(6064, TransportProtocol.Tcp));
        Assert.Null(registry.NameOf(6665, TransportProtocol.Udp));
        Assert.Equal(128, registry.FindByName("x11").Count);
        Assert.Equal(
            Enumerable.Range(6665, 5), registry.FindByName("ircu").Select(service => service.Port));
    }

    [Theory]
    [InlineData("x11 6000/tcp\nx11-1 6001/tcp", "x11", "6000-6063")]
    [InlineData("x11 7000/tcp", "x11", "7000-7000")]
    [InlineData("http-alt 8080/tcp\nhttp-alt 8080/udp", "http-alt", "8080-8080")]
    [InlineData("", "X11", "6000-6063")]
    [InlineData("", "www", "80-80")]
    [InlineData("", "nobody", "")]
    public void A_name_stands_for_the_system_s_ports_and_IANA_s_range_around_them(string system, string name, string ports) =>
        Assert.Equal(ports, string.Join(",", ServicesText.Registry(system, Iana).PortsOf(name).Select(static range => $"{range.First}-{range.Last}")));

    [Fact]
    public void All_holds_the_file_in_its_order_then_Iana() => Assert.Equal(
        ["zebra 9/udp", "http 80/tcp", "zebra 9/tcp", "ssh 22/tcp", "ssh 22/udp", "http 80/udp"],
        Names(ServicesText.Registry("zebra 9/udp\nhttp 80/tcp\nzebra 9/tcp", Iana).All.Take(6)));

    [Fact]
    public void Repeated_lines_of_the_system_stay()
    {
        var registry = ServicesText.Registry("a 1/tcp x\nb 1/tcp\na 1/tcp y\na 2/tcp a");

        Assert.Equal(["a 1/tcp", "b 1/tcp", "a 1/tcp"], Names(registry.FindAllByPort(1, TransportProtocol.Tcp)));
        Assert.Equal(["a 1/tcp", "a 1/tcp", "a 2/tcp"], Names(registry.FindByName("a")));
    }

    [Theory]
    [InlineData(-1, TransportProtocol.Tcp)]
    [InlineData(65536, TransportProtocol.Udp)]
    [InlineData(int.MinValue, TransportProtocol.Tcp)]
    [InlineData(int.MaxValue, TransportProtocol.Udp)]
    [InlineData(22, (TransportProtocol)132)]
    [InlineData(23, TransportProtocol.Tcp)]
    public void What_has_no_service_gives_nothing(int port, TransportProtocol protocol)
    {
        var registry = ServicesText.Registry("", Iana);

        Assert.Null(registry.FindByPort(port, protocol));
        Assert.Null(registry.NameOf(port, protocol));
        Assert.Empty(registry.FindAllByPort(port, protocol));
    }

    [Fact]
    public void Every_port_of_both_protocols_has_consistent_answers()
    {
        var registry = ServiceRegistry.Default;
        var found = 0;
        for (var port = 0; port < 65536; port++)
        {
            foreach (var protocol in new[] { TransportProtocol.Tcp, TransportProtocol.Udp })
            {
                var best = registry.FindByPort(port, protocol);
                var all = registry.FindAllByPort(port, protocol);
                found += all.Count;

                Assert.Equal(best?.Name, registry.NameOf(port, protocol));
                Assert.Equal(best.Show(), all is [var first, ..] ? first.Show() : "none");
                Assert.All(all, service => Assert.Equal((port, protocol), (service.Port, service.Protocol)));
            }
        }

        Assert.Equal(registry.All.Count, found);
    }

    [Fact]
    public void A_port_s_name_costs_no_memory()
    {
        const int Rounds = 5;
        var registry = ServicesText.IanaOnly;

        // What the runtime itself makes once, as for faster code, is in some rounds; what a name costs is in all.
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(CountNames(registry) > 5000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task Many_threads_may_be_the_first_to_ask()
    {
        const int Threads = 16;
        var registry = new ServiceRegistry([], ServiceSources.ReadIana());
        using var start = new Barrier(Threads);

        var answers = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return (ServiceRegistry.Default, registry.All, registry.FindByName("https")[0].Port);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(answers.Distinct());
        Assert.Equal(443, answers[0].Port);
    }

    private static int CountNames(ServiceRegistry registry)
    {
        var count = 0;
        for (var port = 0; port < 65536; port++)
            count += registry.NameOf(port, TransportProtocol.Tcp) is null ? 0 : 1;
        return count;
    }

    private static string[] Names(IEnumerable<ServiceInfo> services) =>
        [.. services.Select(service => service.ToString())];
}
