using System;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Tests;

public sealed class IPAddressInfoTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-IPAddressInfo 192.0.2.7", "192.0.2.7")]
    [InlineData("Get-IPAddressInfo 2130706433", "127.0.0.1")]
    [InlineData("Get-IPAddressInfo 0x7f000001", "127.0.0.1")]
    [InlineData("Get-IPAddressInfo 0xC0000207", "192.0.2.7")]
    [InlineData("Get-IPAddressInfo 3221225991, '0xc0000207', '11000000.00000000.00000010.00000111'", "192.0.2.7, 192.0.2.7, 192.0.2.7")]
    [InlineData("Get-IPAddressInfo ([uint32] 1), ([decimal] 1), ([uint64] 1), ([bigint] 1)", "0.0.0.1, 0.0.0.1, 0.0.0.1, 0.0.0.1")]
    [InlineData("Get-IPAddressInfo ([bigint]::Pow(2, 127))", "8000::")]
    [InlineData("Get-IPAddressInfo 1 -IPv6", "::1")]
    [InlineData("Get-IPAddressInfo 7.2.0.192.in-addr.arpa", "192.0.2.7")]
    [InlineData("Get-IPAddressInfo ([byte[]] (192, 0, 2, 7))", "192.0.2.7")]
    [InlineData(", [byte[]] (192, 0, 2, 7) | Get-IPAddressInfo", "192.0.2.7")]
    [InlineData("Get-IPAddressInfo ([ipaddress] '::1')", "::1")]
    [InlineData("[ipaddress] '::1' | Get-IPAddressInfo", "::1")]
    [InlineData("[ipaddress] '127.0.0.1', [ipaddress] '::1' | Get-IPAddressInfo", "127.0.0.1, ::1")]
    [InlineData("[System.Net.IPEndPoint]::new([ipaddress]::Loopback, 80) | Get-IPAddressInfo", "127.0.0.1:80")]
    [InlineData("Get-IPAddressInfo -ComputerName '[::1]:443'", "[::1]:443")]
    [InlineData("'127.0.0.1', '::1' | Get-IPAddressInfo -IPv4", "127.0.0.1")]
    [InlineData("'127.0.0.1', '::1' | Get-IPAddressInfo -IPv6", "::1")]
    [InlineData("'127.0.0.1', '::1' | Get-IPAddressInfo -IPv4 -IPv6", "127.0.0.1, ::1")]
    [InlineData("Get-IPAddressInfo '127.1', '0177.1', '2130706433' -AllowLegacyIPv4", "127.0.0.1, 127.0.0.1, 127.0.0.1")]
    public void An_address_is_read_in_any_notation(string script, string expected) =>
        Assert.Equal(expected, Texts(script));

    [Theory]
    [InlineData("[pscustomobject]@{ ComputerName = 'db1'; Address = '10.0.0.1'; Port = 5432 } | Get-IPAddressInfo", "10.0.0.1:5432")]
    [InlineData("[pscustomobject]@{ ComputerName = '10.0.0.1'; Address = '' } | Get-IPAddressInfo", "10.0.0.1")]
    [InlineData("[pscustomobject]@{ RemoteAddress = '10.0.0.1'; Port = '80,443' } | Get-IPAddressInfo", "10.0.0.1")]
    [InlineData("[pscustomobject]@{ IPAddress = '10.0.0.1'; PrefixLength = 8 } | Get-IPAddressInfo", "10.0.0.1/8")]
    [InlineData("[pscustomobject]@{ IPAddress = '10.0.0.1/16'; PrefixLength = 8 } | Get-IPAddressInfo", "10.0.0.1/16")]
    [InlineData("[pscustomobject]@{ Addresses = '10.0.0.1', '::1' } | Get-IPAddressInfo", "10.0.0.1, ::1")]
    [InlineData("[pscustomobject]@{ Name = 'eth1'; Addresses = @() } | Get-IPAddressInfo", "")]
    [InlineData("[pscustomobject]@{ Name = 'eth0'; Addresses = '10.0.0.1/8', 'fe80::1/64' } | Get-IPAddressInfo", "10.0.0.1/8, fe80::1/64")]
    [InlineData("(Resolve-HostInfo).Interfaces | Get-IPAddressInfo | Where-Object Address -EQ 127.0.0.1", "127.0.0.1/8")]
    [InlineData("(Resolve-HostInfo 127.0.0.1 -Service 80 -SocketType Stream).AddressInfo | Get-IPAddressInfo", "127.0.0.1:80")]
    [InlineData("Test-TcpPort 127.0.0.1 1 | Get-IPAddressInfo", "127.0.0.1:1")]
    [InlineData("Test-TcpPort localhost 1 -IPv4 | Get-IPAddressInfo", "127.0.0.1:1")]
    [InlineData("Resolve-HostInfo 127.0.0.1 | Get-IPAddressInfo", "127.0.0.1")]
    [InlineData("Get-IPAddressInfo 10.0.0.1/8, 127.0.0.1:80 | Get-IPAddressInfo", "10.0.0.1/8, 127.0.0.1:80")]
    public void An_object_brings_its_address(string script, string expected) =>
        Assert.Equal(expected, Texts(script));

    [Fact]
    public void An_address_pipes_into_a_port_test() =>
        Assert.Equal(1, _session.Run("Get-IPAddressInfo 0x7f000001 | Test-TcpPort -Port 1").Only<TcpPortResult>().Port);

    [Theory]
    [InlineData("Get-IPAddressInfo db1", "ParameterArgumentTransformationError", "Resolve-HostInfo db1")]
    [InlineData("'db1' | Get-IPAddressInfo", "ParameterArgumentTransformationError", "Resolve-HostInfo db1")]
    [InlineData("Get-IPAddressInfo 10.0.0.0/33", "ParameterArgumentTransformationError", "0 to 32")]
    [InlineData("Get-IPAddressInfo $null", "ParameterArgumentTransformationError", "Null is not an address")]
    [InlineData("Get-IPAddressInfo 127.1", "ParameterArgumentTransformationError", "in quotes")]
    [InlineData("Get-IPAddressInfo $true", "ParameterArgumentTransformationError", "A Boolean is not an address")]
    [InlineData("Get-IPAddressInfo @{ a = 1 }", "ParameterArgumentTransformationError", "hashtable")]
    [InlineData("[pscustomobject]@{ Foo = '10.0.0.1' } | Get-IPAddressInfo", "ParameterArgumentTransformationError", "the property Address")]
    [InlineData("[pscustomobject]@{ Address = '::1'; PrefixLength = 129 } | Get-IPAddressInfo", "ParameterArgumentTransformationError", "0 to 128")]
    [InlineData("Get-ServiceByName ssh -Protocol Tcp | Get-IPAddressInfo", "ParameterArgumentTransformationError", "A ServiceInfo is not an address")]
    [InlineData("[byte] 5 | Get-IPAddressInfo", "ParameterArgumentTransformationError", ", $bytes")]
    [InlineData("Get-IPAddressInfo '0177.0.0.1'", "LegacyAddress", "inet_aton read 127.0.0.1")]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8 -Contains '10.1'", "LegacyAddress", "-AllowLegacyIPv4")]
    public void What_is_no_address_is_refused(string script, string id, string says)
    {
        var result = _session.Run(script);
        var error = Assert.Single(result.Errors);

        Assert.Empty(result.Output);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_address_of_many_does_not_end_the_others()
    {
        var result = _session.Run("'10.0.0.1', 'db1', '127.1', '10.0.0.2' | Get-IPAddressInfo");

        Assert.Equal(["10.0.0.1", "10.0.0.2"], result.Output.Select(static o => o.ToString()));
        Assert.Equal(2, result.Errors.Count);
        Assert.Equal("127.1", result.Errors[1].TargetObject);
        Assert.Equal(ErrorCategory.InvalidArgument, result.Errors[1].CategoryInfo.Category);
    }

    [Theory]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8 -Contains 10.1.2.3", true)]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8 -Contains 11.0.0.0", false)]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8, 192.168.0.0/16 -Contains 10.1.2.3, 192.168.1.1", true)]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8, 192.168.0.0/16 -Contains 10.1.2.3, 192.169.1.1", false)]
    [InlineData("'10.0.0.0/8', '192.168.0.0/16' | Get-IPAddressInfo -Contains 192.168.1.1", true)]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8 -Contains 10.5.0.0/16", true)]
    [InlineData("Get-IPAddressInfo 10.5.0.0/16 -Contains 10.0.0.0/8", false)]
    [InlineData("Get-IPAddressInfo 10.0.0.0/8 -Contains '10.1' -AllowLegacyIPv4", true)]
    [InlineData("Get-IPAddressInfo fe80::/10 -Contains 10.0.0.1", false)]
    [InlineData("@() | Get-IPAddressInfo -Contains 10.0.0.1", false)]
    [InlineData("Get-IPAddressInfo 127.0.0.0/8 -Contains (Get-IPAddressInfo 0x7f000001)", true)]
    [InlineData("Get-IPAddressInfo 127.0.0.0/8 -Contains (Test-TcpPort 127.0.0.1 1)", true)]
    public void Contains_gives_one_Boolean(string script, bool expected) =>
        Assert.Equal(expected, _session.Run(script).Only<bool>());

    [Fact]
    public void Text_can_be_cast_to_an_address()
    {
        Assert.Equal("127.0.0.1", _session.Run("([SocketTools.IPAddressInfo] '0x7f000001').Address").Only<string>());
        Assert.True(_session.Run("([SocketTools.IPAddressInfo] '10.0.0.0/8').Contains('10.2.3.4')").Only<bool>());
    }

    [Fact]
    public void Numbers_are_of_a_type_that_lasts_where_one_holds_them()
    {
        Assert.Equal(2130706433, _session.Run("(Get-IPAddressInfo 127.0.0.1).Number").Only<long>());
        Assert.Equal(256, _session.Run("(Get-IPAddressInfo 10.0.0.0/24).AddressCount").Only<long>());
        Assert.True(_session.Run("(Get-IPAddressInfo ::1:0:0:0:0).Number -eq [bigint]::Pow(2, 64)").Only<bool>());
    }

    private string Texts(string script) => string.Join(", ", _session.Run(script).All<IPAddressInfo>().Select(static i => i.ToString()));
}
