using System;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class GetTlsInfoTests : IDisposable
{
    private readonly PowerShellSession _session = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _session.Dispose();
    }

    [Fact]
    public async Task A_server_is_one_object_whatever_it_is_named_by()
    {
        await using var peer = Start();

        var infos = _session.Run($$"""
            Get-TlsInfo localhost {{peer.Port}} -IPv4
            Get-TlsInfo 127.0.0.1:{{peer.Port}}
            Get-TlsInfo https://127.0.0.1:{{peer.Port}}/path
            'localhost:{{peer.Port}}' | Get-TlsInfo -IPv4
            [pscustomobject]@{ ComputerName = '127.0.0.1'; Port = '{{peer.Port}}'; ServerName = 'localhost' } | Get-TlsInfo
            [pscustomobject]@{ Host = '127.0.0.1'; Port = {{peer.Port}}; ServerName = '' } | Get-TlsInfo
            Test-TcpPort 127.0.0.1 {{peer.Port}} | Get-TlsInfo -ServerName localhost
            Get-TlsInfo 127.0.0.1:{{peer.Port}} | Get-TlsInfo
            """).All<TlsInfo>();

        Assert.Equal(8, infos.Length);
        Assert.All(infos, info => Assert.Equal(peer.Port, info.Port));
        Assert.All(infos, static info => Assert.Equal("CN=localhost", info.Subject));
        Assert.Equal(
            ["localhost", "127.0.0.1", "127.0.0.1", "localhost", "localhost", "127.0.0.1", "localhost", "127.0.0.1"], infos.Select(static info => info.ServerName));
        Assert.All(infos, static info => Assert.Equal(info.ServerName == "localhost", info.NameMatches));
        Assert.All(infos, static info => Assert.False(info.Trusted));
        Assert.All(infos, static info => Assert.StartsWith("TLS_", info.CipherSuite));
        Assert.All(infos, static info => Assert.NotNull(info.KeyExchangeGroup));
        Assert.All(infos, static info => Assert.Equal(["CN=localhost", "CN=Test Intermediate"], info.SentSubjects));
        Assert.All(infos, static info => Assert.Equal(90, info.DaysLeft));
    }

    [Fact]
    public void The_port_is_443_unless_given()
    {
        var error = Assert.Single(_session.Run("[pscustomobject]@{ ComputerName = '127.0.0.99'; Port = '' } | Get-TlsInfo -TimeoutMilliseconds 5000").Errors);

        Assert.Equal("127.0.0.99:443", $"{error.TargetObject}");
    }

    [Theory]
    [InlineData("a..b", "each part of a name")]
    [InlineData("web1:443", "names a port, too")]
    [InlineData("a b", "cannot hold")]
    public async Task A_row_with_a_name_that_is_none_costs_only_itself(string name, string words)
    {
        await using var peer = Start();

        var run = _session.Run($$"""
            [pscustomobject]@{ ComputerName = '127.0.0.1'; Port = {{peer.Port}}; ServerName = '{{name}}' }, [pscustomobject]@{ ComputerName = '127.0.0.1'; Port = {{peer.Port}}; ServerName = 'localhost' } | Get-TlsInfo
            """);

        Assert.True(Assert.IsType<TlsInfo>(Assert.Single(run.Output).BaseObject).NameMatches);
        Assert.Contains(words, Assert.Single(run.Errors).Exception.Message);
    }

    [Fact]
    public void Versions_with_a_gap_and_a_certificate_without_its_key_are_refused()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Contains("without a gap", Assert.Single(_session.Run("Get-TlsInfo localhost -Protocol Tls11, Tls13").Errors).Exception.Message);
        _session.Runspace.SessionStateProxy.SetVariable("root", X509CertificateLoader.LoadCertificate(_authority.Root.RawData));
        foreach (var command in new[] { "Get-TlsInfo localhost", "Invoke-RawHttp https://localhost", "Connect-Socket localhost 443 -Tls" })
            Assert.Contains("has no private key", Assert.Single(_session.Run($"{command} -ClientCertificate $root").Errors).Exception.Message);
    }

    [Fact]
    public async Task One_that_fails_costs_only_itself()
    {
        using var closed = LoopbackPort.Closed();
        await using var peer = Start();
        await using var http = ScriptedPeer.Start(static async c =>
        {
            await c.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n");
            await c.WaitForCloseAsync();
        });
        await using var silent = ScriptedPeer.Start(static c => c.WaitForCloseAsync());

        var run = _session.Run($"'127.0.0.1:{closed.Number}', '127.0.0.1:{http.Port}', '127.0.0.1:{silent.Port}', '127.0.0.1:{peer.Port}' | Get-TlsInfo -TimeoutMilliseconds 3000");

        Assert.Equal(peer.Port, Assert.IsType<TlsInfo>(Assert.Single(run.Output).BaseObject).Port);
        Assert.Equal(["ConnectionRefused", "NotTls", "TimedOut"], run.Errors.Select(static e => e.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.Equal(
            [ErrorCategory.ConnectionError, ErrorCategory.ProtocolError, ErrorCategory.OperationTimeout],
            run.Errors.OrderBy(static e => e.FullyQualifiedErrorId).Select(static e => e.CategoryInfo.Category));
    }

    [Fact]
    public async Task Versions_are_rows()
    {
        await using var peer = Start();

        var rows = _session.Run($"Get-TlsInfo 127.0.0.1 {peer.Port} -ServerName localhost -Enumerate").All<TlsVersionResult>();
        var chosen = _session.Run($"Get-TlsInfo 127.0.0.1 {peer.Port} -Enumerate -Protocol Tls12, Tls13").All<TlsVersionResult>();

        Assert.Equal([TlsVersion.Ssl3, TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13], rows.Select(static row => row.Protocol));
        Assert.Equal(TlsVersionState.Accepted, rows[3].State);
        Assert.All(rows.Take(3), static row => Assert.Equal(TlsVersionState.Refused, row.State));
        Assert.Equal([TlsVersion.Tls12, TlsVersion.Tls13], chosen.Select(static row => row.Protocol));
    }

    [Fact]
    public async Task What_is_offered_can_be_chosen()
    {
        await using var peer = Start();

        Assert.Equal(TlsVersion.Tls12, _session.Run($"Get-TlsInfo 127.0.0.1 {peer.Port} -Protocol Tls12").Only<TlsInfo>().Protocol);
        if (BuiltModule.Target == "netstandard2.0")
        {
            Assert.Contains("PowerShell 7.4", Assert.Single(_session.Run($"Get-TlsInfo 127.0.0.1 {peer.Port} -Alpn h2").Errors).Exception.Message);
            return;
        }
        _session.Runspace.SessionStateProxy.SetVariable("root", _authority.Root);
        var info = _session.Run($"Get-TlsInfo 127.0.0.1 {peer.Port} -ServerName localhost -Alpn h2, http/1.1 -TrustedRoot $root").Only<TlsInfo>();
        Assert.True(info.Trusted);
        Assert.Equal("http/1.1", info.ApplicationProtocol);
        Assert.Equal(["CN=localhost", "CN=Test Intermediate", "CN=Test Root"], info.ChainSubjects);
    }

    [Fact]
    public async Task It_survives_serialisation()
    {
        await using var peer = Start();

        var copy = _session.Run($$"""
            $info = Get-TlsInfo 127.0.0.1 {{peer.Port}}
            $row = Get-TlsInfo 127.0.0.1 {{peer.Port}} -Enumerate -Protocol Tls12
            $copy, $rowCopy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@($info, $row), 2))
            $copy.PSObject.TypeNames[0] -eq 'Deserialized.SocketTools.TlsInfo'
            foreach ($name in 'Protocol', 'CipherSuite', 'KeyExchangeGroup', 'Subject', 'Issuer', 'NotAfter', 'DaysLeft', 'Trusted', 'Sha256Thumbprint', 'Faults',
                'ChainErrors', 'SubjectAlternativeNames', 'ChainSubjects', 'SentSubjects') {
                "$($copy.$name)" -eq "$($info.$name)" -and "$($copy.$name)"
            }
            $copy.Faults[0] -eq 'WrongName'
            $rowCopy.State -eq 'Accepted'
            """);

        Assert.Empty(copy.Errors);
        Assert.All(copy.Output, static same => Assert.Equal(true, same.BaseObject));
        Assert.Equal(17, copy.Output.Count);
    }

    [Theory]
    [InlineData("Get-TlsInfo localhost -Enumerate -CheckRevocation", "AmbiguousParameterSet")]
    [InlineData("Get-TlsInfo localhost -Protocol Tls14", "CannotConvertArgumentNoMessage")]
    [InlineData("Get-TlsInfo localhost -ThrottleLimit 0", "ParameterArgumentValidationError")]
    [InlineData("Get-TlsInfo localhost 70000", "ParameterArgumentTransformationError")]
    [InlineData("@{ Name = 'web1' } | Get-TlsInfo", "ParameterArgumentTransformationError")]
    public void What_makes_no_sense_is_refused_at_binding(string script, string id) =>
        Assert.StartsWith(id, Assert.Single(_session.Run(script).Errors).FullyQualifiedErrorId);

    // Its chain is not trusted by anybody.
    private ScriptedPeer Start() => TlsPeer.Start(_authority.Issue(["localhost"]), [_authority.Intermediate], System.Security.Authentication.SslProtocols.None, false, "http/1.1");
}
