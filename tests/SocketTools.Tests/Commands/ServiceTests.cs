using System;
using System.Linq;

namespace SocketTools.Tests;

public sealed class ServiceTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Ports_of_the_course_have_the_names_that_it_prints()
    {
        var services = _session.Run("Get-ServiceByPort 21,22,23,25,80").All<ServiceInfo>();

        Assert.Equal(["ftp", "ssh", "telnet", "smtp", "http"], services.Select(static s => s.Name));
        Assert.Equal("domain", _session.Run("Get-ServiceByPort 53 Udp").Only<ServiceInfo>().Name);
    }

    [Fact]
    public void A_port_comes_from_the_pipeline_by_value_and_by_property()
    {
        Assert.Equal("ssh", _session.Run("22 | Get-ServiceByPort").Only<ServiceInfo>().Name);
        Assert.Equal("ssh", _session.Run("[pscustomobject]@{ Port = 22 } | Get-ServiceByPort").Only<ServiceInfo>().Name);
        Assert.Equal("ssh", _session.Run("Get-ServiceByName ssh -Protocol Tcp | Get-ServiceByPort").Only<ServiceInfo>().Name);
    }

    [Fact]
    public void Both_protocols_can_be_asked_for() =>
        Assert.Equal(
            [TransportProtocol.Tcp, TransportProtocol.Udp],
            _session.Run("Get-ServiceByPort 53 -Protocol Tcp, Udp").All<ServiceInfo>().Select(static s => s.Protocol));

    [Fact]
    public void An_unassigned_port_is_an_error_only_when_it_is_the_one_argument()
    {
        Assert.Equal("ServiceNotFound", Assert.Single(_session.Run("Get-ServiceByPort 65530").Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(_session.Run("Get-ServiceByPort 65530-65533").All<ServiceInfo>());
        Assert.Empty(_session.Run("Get-ServiceByPort (65530..65533)").All<ServiceInfo>());
        Assert.Equal("ssh", _session.Run("Get-ServiceByPort 22,65530").Only<ServiceInfo>().Name);
        Assert.Empty(_session.Run("65530 | Get-ServiceByPort").All<ServiceInfo>());
        Assert.Empty(_session.Run("[pscustomobject]@{ Port = 65530 } | Get-ServiceByPort").All<ServiceInfo>());
    }

    [Fact]
    public void Every_way_to_name_all_ports_gives_the_same()
    {
        var range = _session.Run("Get-ServiceByPort 0-65535").All<ServiceInfo>();

        Assert.InRange(range.Length, 5000, 65536);
        Assert.Equal(range.Select(Text), _session.Run("Get-ServiceByPort (0..65535)").All<ServiceInfo>().Select(Text));
        Assert.Equal(range.Select(Text), _session.Run("0..65535 | Get-ServiceByPort").All<ServiceInfo>().Select(Text));

        static string Text(ServiceInfo service) => service.ToString();
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Port = 53; Protocol = 'udp' } | Get-ServiceByPort", "Udp")]
    [InlineData("[pscustomobject]@{ Port = 53; Protocol = 'Tcp', 'Udp' } | Get-ServiceByPort", "Tcp Udp")]
    [InlineData("[pscustomobject]@{ Port = 53; Protocol = 'ICMP' } | Get-ServiceByPort", "Tcp")]
    [InlineData("[pscustomobject]@{ Port = 53; Protocol = 'udp' } | Get-ServiceByPort -Protocol Tcp", "Tcp")]
    [InlineData("[pscustomobject]@{ Port = 53; Protocol = $null } | Get-ServiceByPort", "Tcp")]
    [InlineData("Test-UdpPort 127.0.0.1 53 -TimeoutMilliseconds 50 | Get-ServiceByPort", "Udp")]
    [InlineData("Get-ServiceByName domain | Get-ServiceByPort", "Tcp Udp")]
    [InlineData("Get-ServiceByPort (Get-ServiceByName domain -Protocol Udp)", "Udp")]
    public void An_object_with_a_protocol_is_looked_up_by_it(string script, string protocols) =>
        Assert.Equal(protocols, string.Join(' ', _session.Run(script).All<ServiceInfo>().Select(static s => s.Protocol)));

    [Fact]
    public void A_range_is_found_by_each_of_its_ports_and_by_its_name()
    {
        Assert.Equal("x11", _session.Run("Get-ServiceByPort 6010").Only<ServiceInfo>().Name);
        Assert.Equal(
            Enumerable.Range(6000, 64),
            _session.Run("Get-ServiceByName x11 -Protocol Tcp").All<ServiceInfo>().Select(static s => s.Port).Order());
        Assert.Equal(64, _session.Run("Test-TcpPort 127.0.0.1 x11").All<TcpPortResult>().Length);
    }

    [Fact]
    public void Something_that_is_no_port_is_refused_with_what_would_be()
    {
        var error = Assert.Single(_session.Run("[pscustomobject]@{ Name = 'a' } | Get-ServiceByPort").Errors);

        Assert.Contains("is not a port", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 to 65535", Assert.Single(_session.Run("Get-ServiceByPort 65536").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_take_wildcards_and_aliases()
    {
        Assert.Equal(443, _session.Run("Get-ServiceByName https -Protocol Tcp").Only<ServiceInfo>().Port);
        Assert.Contains(_session.Run("Get-ServiceByName 'postgre*'").All<ServiceInfo>(), static s => s.Port == 5432);
        Assert.Contains(_session.Run("Get-ServiceByName www").All<ServiceInfo>(), static s => s is { Port: 80, Name: "http" });
        Assert.Empty(_session.Run("Get-ServiceByName 'zzzz*'").All<ServiceInfo>());
        Assert.Equal("ServiceNotFound", Assert.Single(_session.Run("Get-ServiceByName nosuchservice").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void A_service_pipes_into_a_port_test()
    {
        var result = _session.Run("Get-ServiceByName ssh -Protocol Tcp | Test-TcpPort 127.0.0.1").Only<TcpPortResult>();

        Assert.Equal(22, result.Port);
    }
}
