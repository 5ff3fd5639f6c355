using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Loader;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class ResolveDnsRecordTests : IDisposable
{
    private readonly PowerShellSession _session = new();
    private readonly DnsPeer _server = DnsPeer.Start(Zone);

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void A_name_gives_its_alias_and_addresses()
    {
        var records = Run("Resolve-DnsRecord www.example.test").All<DnsRecord>();

        Assert.Equal(
            ["www.example.test CNAME web.example.test", "web.example.test A 192.0.2.1", "web.example.test AAAA 2001:db8::1"],
            records.Select(static record => $"{record.Name} {record.Type} {record.ComputerName}"));
        Assert.All(records, record => Assert.Equal(_server.EndPoint.ToString(), record.Server));
        Assert.All(records, static record => Assert.Equal(DateTimeKind.Utc, record.Timestamp.Kind));
    }

    [Fact]
    public void Progress_counts_the_names_when_it_takes_long_and_goes_away()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var run = _session.Run(
            $"'a.test', 'b.test', 'c.test' | Resolve-DnsRecord -Server {silent.Client.LocalEndPoint} -ThrottleLimit 1 -TimeoutMilliseconds 600");

        Assert.Matches(@"^2 of 3 done, \d[.,]\d a second$", run.Progress[0].StatusDescription);
        Assert.Equal(("Resolve-DnsRecord", 66), (run.Progress[0].Activity, run.Progress[0].PercentComplete));
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Empty(Run("Resolve-DnsRecord www.example.test").Progress);
    }

    [Fact]
    public void The_fields_are_those_of_the_type()
    {
        var record = Run("Resolve-DnsRecord _ldap._tcp.example.test SRV").Only<DnsRecord>();

        Assert.Equal((1, 2, 389, "web.example.test"), (record.Priority, record.Weight, record.Port, record.Target));
        Assert.Equal("1 2 389 web.example.test.", record.Data);
        Assert.Null(record.IPAddress ?? record.Text ?? record.Tag ?? record.PrimaryServer);
        Assert.Null(record.Preference);
        Assert.Equal("_ldap._tcp.example.test 60 SRV 1 2 389 web.example.test.", record.ToString());
    }

    [Fact]
    public void An_address_gives_its_names()
    {
        var record = Run("[ipaddress] '192.0.2.1' | Resolve-DnsRecord").Only<DnsRecord>();

        Assert.Equal(("1.2.0.192.in-addr.arpa", DnsRecordType.PTR, "web.example.test"), (record.Name, record.Type, record.Target));
    }

    [Fact]
    public void A_record_leads_on_to_the_next_look_up() =>
        Assert.Equal("192.0.2.1", Run("Resolve-DnsRecord _ldap._tcp.example.test SRV | Resolve-DnsRecord -Type A").Only<DnsRecord>().IPAddress);

    [Theory]
    [InlineData("'web.example.test', 'web.example.test'", 2)]
    [InlineData("[pscustomobject]@{ Name = 'web.example.test' }", 1)]
    [InlineData("[pscustomobject]@{ Name = 'none.example.test'; ComputerName = 'web.example.test' }", 1)]
    [InlineData("'web.example.test,web.example.test'", 2)]
    public void Names_come_from_the_pipeline(string input, int count) =>
        Assert.Equal(count, Run($"{input} | Resolve-DnsRecord -Type A").All<DnsRecord>().Length);

    [Theory]
    [InlineData("nosuch.example.test", "NameNotResolved", "NXDOMAIN")]
    [InlineData("none.example.test", "NoRecord", "NODATA")]
    [InlineData("broken.example.test", "NameServerFailure", "SERVFAIL")]
    [InlineData("refused.example.test", "QueryRefused", "REFUSED")]
    [InlineData("forged.example.test", "WrongAnswer", "ID_MISMATCH")]
    [InlineData("silent.example.test", "ResolutionTimedOut", "ETIMEDOUT")]
    public void A_name_that_fails_is_an_error_and_the_others_go_on(string name, string id, string code)
    {
        var run = Run($"'web.example.test', '{name}', 'web.example.test' | Resolve-DnsRecord -Type A -TimeoutMs 1000");

        Assert.Equal(2, run.Output.Count);
        var error = Assert.Single(run.Errors);
        Assert.Equal((id, name), (error.FullyQualifiedErrorId.Split(',')[0], error.TargetObject));
        Assert.Equal(code, Assert.IsType<NameResolutionException>(error.Exception).ErrorName);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("'a..b'")]
    [InlineData("\"a`0b\"")]
    [InlineData("('a' * 64 + '.test')")]
    [InlineData("'https://example.test'")]
    [InlineData("$null")]
    [InlineData("@{ Host2 = 'a' }")]
    [InlineData("'a.test' -Type ANY")]
    [InlineData("'a.test' -Server 'a b'")]
    [InlineData("'a.test' -Server 127.0.0.1-3")]
    public void What_makes_no_sense_is_refused_at_binding(string arguments)
    {
        var run = Run($"Resolve-DnsRecord {arguments}");

        Assert.IsAssignableFrom<ParameterBindingException>(Assert.Single(run.Errors).Exception);
        Assert.Empty(_server.Questions);
    }

    [Fact]
    public void A_server_whose_name_does_not_resolve_ends_it()
    {
        var error = Assert.Single(_session.Run("'a.test', 'b.test' | Resolve-DnsRecord -Server no-such-host.invalid").Errors);

        Assert.Equal("no-such-host.invalid", error.TargetObject);
    }

    [Fact]
    public void Many_names_are_all_answered() =>
        Assert.Equal(2000, Run("1..2000 | ForEach-Object { 'web.example.test' } | Resolve-DnsRecord -Type A -ThrottleLimit 256").All<DnsRecord>().Length);

    [Fact]
    public async Task It_ends_at_once_when_it_is_stopped()
    {
        using var shell = _session.Prepare($"@('silent.example.test') + @('web.example.test') * 1000 | Resolve-DnsRecord -Type A -TimeoutMs 600000 -Server {_server.EndPoint}");
        var running = shell.InvokeAsync();
        while (!_server.Questions.Any(static asked => DnsMessages.Asked(asked.Message).Name == "silent.example.test"))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();

        await shell.StopAsync(null, null);

        await Assert.ThrowsAnyAsync<Exception>(() => running);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void The_library_is_not_where_others_find_it()
    {
        Assert.Single(Run("Resolve-DnsRecord web.example.test A").Output);

        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, static assembly => assembly.GetName().Name == "DnsClient");
        Assert.Contains(AppDomain.CurrentDomain.GetAssemblies(), static assembly => assembly.GetName().Name == "DnsClient");
    }

    private ScriptResult Run(string script) =>
        _session.Run($"$PSDefaultParameterValues = @{{ 'Resolve-DnsRecord:Server' = '{_server.EndPoint}' }}; {script}");

    private static IEnumerable<byte[]> Zone(byte[] question, int number)
    {
        var web = DnsMessages.A("192.0.2.1", "web.example.test");
        return DnsMessages.Asked(question) switch
        {
            ("silent.example.test", _) => [],
            ("www.example.test", 1) => [DnsMessages.Answer(question, 0, DnsMessages.Cname("web.example.test"), web)],
            ("www.example.test", 28) =>
            [
                DnsMessages.Answer(question, 0, DnsMessages.Cname("web.example.test"), DnsMessages.Record(28, [0x20, 1, 0xd, 0xb8, .. new byte[11], 1], "web.example.test")),
            ],
            ("web.example.test", 1) => [DnsMessages.Answer(question, 0, web)],
            ("1.2.0.192.in-addr.arpa", 12) => [DnsMessages.Answer(question, 0, DnsMessages.Record(12, DnsMessages.Name("web.example.test")))],
            ("_ldap._tcp.example.test", 33) =>
                [DnsMessages.Answer(question, 0, DnsMessages.Record(33, [0, 1, 0, 2, 1, 0x85, .. DnsMessages.Name("web.example.test")]))],
            ("nosuch.example.test", _) => [DnsMessages.Answer(question, 3)],
            ("broken.example.test", _) => [DnsMessages.Answer(question, 2)],
            ("refused.example.test", _) => [DnsMessages.Answer(question, 5)],
            ("forged.example.test", _) => [DnsMessages.Answer(question, 0, web).With(static message => message[0] ^= 1)],
            _ => [DnsMessages.Answer(question)],
        };
    }
}
