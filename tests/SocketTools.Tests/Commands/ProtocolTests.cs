using System;
using System.Linq;

namespace SocketTools.Tests;

public sealed class ProtocolTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-ProtocolByName icmp", "icmp 1")]
    [InlineData("Get-ProtocolByName ICMP", "icmp 1")]
    [InlineData("Get-ProtocolByName 1", "icmp 1")]
    [InlineData("Get-ProtocolByName -Protocol tcp, udp", "tcp 6, udp 17")]
    [InlineData("'tcp', 17 | Get-ProtocolByName", "tcp 6, udp 17")]
    [InlineData("[pscustomobject]@{ Name = 'tcp' } | Get-ProtocolByName", "tcp 6")]
    [InlineData("[pscustomobject]@{ Protocol = 17; Name = 'domain' } | Get-ProtocolByName", "udp 17")]
    [InlineData("Get-ServiceByName domain | Get-ProtocolByName", "tcp 6, udp 17")]
    [InlineData("Get-ProtocolByName icmp | Get-ProtocolByName", "icmp 1")]
    [InlineData("Get-ProtocolByName udp* | Where-Object Number -EQ 136", "udplite 136")]
    [InlineData("Get-ProtocolByName zzz*", "")]
    [InlineData("200 | Get-ProtocolByName", "")]
    public void A_protocol_is_found_by_name_and_number(string script, string expected) =>
        Assert.Equal(expected, string.Join(", ", _session.Run(script).All<ProtocolInfo>().Select(static p => p.ToString())));

    [Theory]
    [InlineData("Get-ProtocolByName no-such-protocol", "ProtocolNotFound", "ipv6*")]
    [InlineData("'no-such-protocol' | Get-ProtocolByName", "ProtocolNotFound", "ipv6*")]
    [InlineData("Get-ProtocolByName 200", "ProtocolNotFound", "200")]
    [InlineData("Get-ProtocolByName ''", "ParameterArgumentValidationError", "empty")]
    [InlineData("Get-ProtocolByName @{ a = 1 }", "ParameterArgumentTransformationError", "hashtable")]
    [InlineData("[pscustomobject]@{ Number = 6 } | Get-ProtocolByName", "ParameterArgumentTransformationError", "property Protocol or Name")]
    public void What_nobody_knows_is_an_error(string script, string id, string says)
    {
        var error = Assert.Single(_session.Run(script).Errors);

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
    }
}
