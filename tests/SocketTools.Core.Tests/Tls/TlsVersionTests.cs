using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Which versions servers accept, asked without the system's library.</summary>
public sealed class TlsVersionTests : IDisposable
{
    private const int HangGuard = 30_000;

    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("socket-tools-tls-").FullName;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("-tls1_2", "Tls12")]
    [InlineData("-tls1_3", "Tls13")]
    [InlineData("-cipher ALL:@SECLEVEL=0 -min_protocol TLSv1 -max_protocol TLSv1.1", "Tls10 Tls11")]
    [InlineData("-cipher ALL:@SECLEVEL=0 -min_protocol TLSv1", "Tls10 Tls11 Tls12 Tls13")]
    public async Task OpenSSL_accepts_what_it_was_told_to(string words, string accepted)
    {
        using var server = await StartAsync(words);

        var answers = await AskAsync(server.Port);

        Assert.Equal([TlsVersion.Ssl3, TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13], answers.Select(static a => a.Protocol));
        Assert.Equal(accepted.Split(' '), Accepted(answers));
        Assert.All(answers, static a => Assert.Equal(a.State == TlsVersionState.Accepted, a.CipherSuite is not null));
        Assert.All(answers, static a => Assert.Equal(a.State == TlsVersionState.Accepted ? TlsVersionState.Accepted : TlsVersionState.Refused, a.State));
        Assert.All(answers, static a => Assert.Equal(a.LocalRefusal is null, a.UsableHere));
    }

    [Theory]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", "x25519")]
    [InlineData("ADH-AES128-GCM-SHA256", "DH 1024")]
    [InlineData("AECDH-AES128-SHA", "x25519")]
    [InlineData("DHE-PSK-AES128-GCM-SHA256", "DH 1024")]
    [InlineData("ECDHE-PSK-AES128-CBC-SHA256", "x25519")]
    public async Task The_key_exchange_is_told_with_and_without_a_certificate(string cipher, string group)
    {
        using var server = await StartAsync($"-tls1_2 -psk 1234 -psk_hint hello -cipher {cipher}:@SECLEVEL=0");

        var answer = Assert.Single(await AskAsync(server.Port), static a => a.State == TlsVersionState.Accepted);

        Assert.Equal(group, answer.KeyExchangeGroup);
    }

    [Fact]
    public async Task Nginx_accepts_what_it_was_told_to()
    {
        Tool.Require("nginx");
        WriteCertificate();
        using var server = await Daemon.StartAsync(
            "nginx",
            port =>
            {
                File.WriteAllText($"{_folder}/nginx.conf", $$"""
                    daemon off; master_process off; pid nginx.pid; error_log stderr;
                    events { worker_connections 64; }
                    http { access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                      server { listen 127.0.0.1:{{port}} ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;
                        ssl_protocols TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0; } }
                    """);
                return ["-p", _folder, "-c", $"{_folder}/nginx.conf"];
            },
            Test);

        Assert.Equal(["Tls11", "Tls12"], Accepted(await AskAsync(server.Port)));
    }

    [Fact]
    public async Task SslStream_accepts_what_it_was_told_to()
    {
        using var certificate = _authority.Issue(["localhost"]);
        await using var peer = TlsPeer.Start(certificate, [], SslProtocols.Tls12);

        Assert.Equal(["Tls12"], Accepted(await AskAsync(peer.Port)));
    }

    [Fact]
    public async Task SSL3_and_one_version_for_another_are_read()
    {
        // A server that answers every hello with SSL 3.0, as old ones did.
        byte[] random = new byte[32];
        byte[] body = [3, 0, .. random, 0, 0, 0x0A, 0];
        byte[] hello = [22, 3, 0, 0, (byte)(body.Length + 8), 2, 0, 0, (byte)body.Length, .. body, 14, 0, 0, 0];
        await using var peer = ScriptedPeer.Start(async c =>
        {
            await c.ReadAsync(5);
            await c.SendAsync(hello);
            await c.WaitForCloseAsync();
        });

        var answers = await AskAsync(peer.Port);

        Assert.Equal(["Ssl3"], Accepted(answers));
        Assert.Equal("TLS_RSA_WITH_3DES_EDE_CBC_SHA", answers[0].CipherSuite);
        Assert.All(answers.Skip(1), static a => Assert.Equal("It answered with Ssl3.", a.Detail));
    }

    [Fact]
    public async Task What_the_library_here_does_not_offer_is_no_answer_of_the_server()
    {
        Assert.SkipUnless(TlsLibrary.RefusalOf(TlsVersion.Ssl3) is not null, "this computer's library offers SSL 3.0");
        using var server = await StartAsync("-cipher ALL:@SECLEVEL=0 -min_protocol TLSv1");

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => new TlsInspector().LookAsync(Options(server.Port, [TlsVersion.Ssl3]), Test));

        Assert.Equal(Reason.NotSupported, error.Reason);
        Assert.Contains("was not tried: this computer's TLS library does not offer Ssl3", error.Message);
    }

    [Fact]
    public void Nothing_is_needed_to_know_what_the_library_offers()
    {
        Assert.Null(TlsLibrary.RefusalOf(TlsVersion.Tls12));
        Assert.All(TlsLibrary.Versions, static version => Assert.NotEqual("", TlsLibrary.RefusalOf(version)));
    }

    [Theory]
    [InlineData("160303000C0E000000", "9 bytes into its answer")] // a record that breaks off
    [InlineData("16030300040E000000", "no server hello")] // a server hello done, and nothing before it
    public async Task An_answer_without_a_hello_is_an_error(string answer, string words)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            var head = await connection.ReadAsync(5);
            await connection.ReadAsync((head[3] << 8) | head[4]);
            await connection.SendAsync(Convert.FromHexString(answer));
        });

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => AskAsync(peer.Port));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void Only_some_systems_can_leave_a_version_out()
    {
        Assert.True(TlsLibrary.CanOffer([]));
        Assert.True(TlsLibrary.CanOffer([TlsVersion.Tls13, TlsVersion.Tls12, TlsVersion.Tls12]));
        Assert.Equal(OperatingSystem.IsWindows(), TlsLibrary.CanOffer([TlsVersion.Tls11, TlsVersion.Tls13]));
    }

    [Fact]
    public async Task A_port_that_is_closed_is_an_error()
    {
        using var closed = LoopbackPort.Closed();

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => AskAsync(closed.Number));

        Assert.Equal(Reason.ConnectionRefused, error.Reason);
    }

    private async Task<Daemon> StartAsync(string words)
    {
        Tool.Require("openssl");
        WriteCertificate();
        return await Daemon.StartAsync(
            "openssl", port => ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", $"{_folder}/cert.pem", "-key", $"{_folder}/key.pem", "-www", .. words.Split(' ')], Test);
    }

    private void WriteCertificate()
    {
        using var certificate = _authority.Issue(["localhost"]);
        TestCertificate.WritePem(certificate, $"{_folder}/cert.pem", $"{_folder}/key.pem");
    }

    private static IEnumerable<string> Accepted(IEnumerable<TlsVersionResult> answers) =>
        answers.Where(static a => a.State == TlsVersionState.Accepted).Select(static a => a.Protocol.ToString());

    private static Task<IReadOnlyList<TlsVersionResult>> AskAsync(int port) =>
        new TlsInspector().AskAsync(Options(port, []), TlsLibrary.Versions, Test);

    private static ConnectOptions Options(int port, TlsVersion[] versions) => new()
    {
        Target = new HostTarget("127.0.0.1", port),
        Tls = new TlsOptions { ServerName = "localhost", IsLook = true, Versions = versions },
        TimeoutMilliseconds = HangGuard,
    };
}
