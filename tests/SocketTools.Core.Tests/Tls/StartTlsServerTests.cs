using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>The TLS of real servers that begin in the clear, where they are installed; and through a proxy.</summary>
public sealed class StartTlsServerTests : IDisposable
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

    [Fact]
    public async Task OpenSMTPD_goes_on_with_TLS()
    {
        Assert.SkipUnless(Environment.UserName == "root", "smtpd wants root");
        WriteCertificate();
        using var server = await Daemon.StartAsync(
            "smtpd",
            port =>
            {
                File.WriteAllText($"{_folder}/smtpd.conf", $"""
                    pki localhost cert "{_folder}/cert.pem"
                    pki localhost key "{_folder}/key.pem"
                    listen on 127.0.0.1 port {port} tls pki localhost hostname localhost
                    action "local" mbox
                    match for local action "local"

                    """);
                return ["-d", "-f", $"{_folder}/smtpd.conf"];
            },
            Test);
        var options = Options("127.0.0.1", server.Port) with { StartTls = StartTlsProtocol.Smtp };
        options = options with { Tls = options.Tls! with { ServerName = "localhost", Versions = [TlsVersion.Tls12] } };

        TlsInfo? info;
        try
        {
            info = await new TlsInspector().LookAsync(options, Test);
        }
        catch (SocketOperationException error) when (error.Message.Contains("internal_error", StringComparison.Ordinal))
        {
            // Debian's cannot sign with its OpenSSL, for openssl s_client neither; what it had shown before is kept.
            info = error.PartialResult as TlsInfo;
        }
        var versions = await new TlsInspector().AskAsync(options, [TlsVersion.Tls12, TlsVersion.Ssl3], Test);

        Assert.Equal("CN=localhost", info!.Subject);
        Assert.True(info.NameMatches);
        Assert.Equal([TlsVersionState.Refused], versions.Where(static v => v.Protocol == TlsVersion.Ssl3).Select(static v => v.State));
    }

    [Fact]
    public Task Aiosmtpd_goes_on_with_TLS() => ShowsItsCertificateAsync(
        StartTlsProtocol.Smtp, "aiosmtpd", port => ["-n", "-l", $"127.0.0.1:{port}", "--tlscert", $"{_folder}/cert.pem", "--tlskey", $"{_folder}/key.pem"]);

    [Fact]
    public Task Vsftpd_goes_on_with_TLS() => ShowsItsCertificateAsync(
        StartTlsProtocol.Ftp,
        "vsftpd",
        port =>
        {
            File.WriteAllText($"{_folder}/vsftpd.conf", $"""
                listen=YES
                listen_address=127.0.0.1
                listen_port={port}
                background=NO
                anonymous_enable=YES
                seccomp_sandbox=NO
                secure_chroot_dir={_folder}
                ssl_enable=YES
                rsa_cert_file={_folder}/cert.pem
                rsa_private_key_file={_folder}/key.pem

                """);
            return [$"{_folder}/vsftpd.conf"];
        });

    [Theory]
    [InlineData(StartTlsProtocol.Imap, "imap")]
    [InlineData(StartTlsProtocol.Pop3, "pop3")]
    public Task Dovecot_goes_on_with_TLS(StartTlsProtocol protocol, string name) => ShowsItsCertificateAsync(
        protocol,
        "dovecot",
        port =>
        {
            Assert.SkipUnless(File.Exists($"/usr/lib/dovecot/{name}"), $"dovecot-{name}d is not installed");
            File.WriteAllText($"{_folder}/dovecot.conf", $$"""
                protocols = {{name}}
                base_dir = {{_folder}}/run
                log_path = {{_folder}}/log
                ssl = yes
                ssl_cert = <{{_folder}}/cert.pem
                ssl_key = <{{_folder}}/key.pem
                passdb {
                  driver = static
                  args = nopassword=y
                }
                service {{name}}-login {
                  inet_listener {{name}} {
                    address = 127.0.0.1
                    port = {{port}}
                  }
                  inet_listener {{name}}s {
                    port = 0
                  }
                }

                """);
            return ["-F", "-c", $"{_folder}/dovecot.conf"];
        });

    [Fact]
    public async Task PostgreSQL_goes_on_with_TLS()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/postgresql"), "PostgreSQL is not installed");
        Tool.Require("runuser");
        var programs = Directory.GetDirectories("/usr/lib/postgresql")[0] + "/bin";
        WriteCertificate();
        // It refuses to run as root.
        await Tool.OutputAsync("chown", Test, "-R", "postgres", _folder);
        await Tool.OutputAsync("runuser", Test, "-u", "postgres", "--", $"{programs}/initdb", "-D", $"{_folder}/data", "-A", "trust", "--no-sync");
        await ShowsItsCertificateAsync(
            StartTlsProtocol.Postgres,
            "setpriv",
            port =>
            [
                "--reuid=postgres", "--regid=postgres", "--clear-groups", $"{programs}/postgres", "-D", $"{_folder}/data", "-p", $"{port}", "-k", _folder, "-c", "listen_addresses=127.0.0.1",
                "-c", "ssl=on", "-c", $"ssl_cert_file={_folder}/cert.pem", "-c", $"ssl_key_file={_folder}/key.pem",
            ]);
    }

    [Fact]
    public async Task A_proxy_leads_to_the_server()
    {
        using var certificate = _authority.Issue(["web1.example.test"]);
        var asked = "";
        await using var proxy = ScriptedPeer.Start(async c =>
        {
            asked = await c.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 200 Connected\r\n\r\n");
            await c.SecureAsync(certificate);
            await c.WaitForCloseAsync();
        });

        var info = await new TlsInspector().LookAsync(
            Options("web1.example.test", 443) with { Proxy = ProxyServer.Parse($"http://{proxy.EndPoint}") }, Test);

        Assert.StartsWith("CONNECT web1.example.test:443 ", asked);
        Assert.True(info.NameMatches);
        Assert.Equal(("web1.example.test", 443, "127.0.0.1"), (info.ComputerName, info.Port, info.Address));
    }

    private async Task ShowsItsCertificateAsync(StartTlsProtocol protocol, string program, Func<int, IEnumerable<string>> arguments)
    {
        Assert.SkipUnless(Environment.UserName == "root", $"{program} wants root");
        WriteCertificate();
        using var server = await Daemon.StartAsync(program, arguments, Test);
        var options = Options("localhost", server.Port) with { StartTls = protocol, Family = System.Net.Sockets.AddressFamily.InterNetwork };

        var info = await new TlsInspector().LookAsync(options, Test);
        var versions = await new TlsInspector().AskAsync(options, [TlsVersion.Tls12, TlsVersion.Ssl3], Test);

        Assert.Equal("CN=localhost", info.Subject);
        Assert.True(info.NameMatches);
        Assert.NotNull(info.Protocol);
        Assert.Equal(TlsVersionState.Accepted, versions[0].State);
        Assert.Equal(TlsVersionState.Refused, versions[1].State);
    }

    private void WriteCertificate()
    {
        if (File.Exists($"{_folder}/key.pem"))
            return;
        using var key = RSA.Create(2048);
        using var certificate = _authority.Issue(["localhost"], null, key);
        File.WriteAllText($"{_folder}/cert.pem", certificate.ExportCertificatePem());
        File.WriteAllText($"{_folder}/key.pem", key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode($"{_folder}/key.pem", UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static ConnectOptions Options(string host, int port) => new()
    {
        Target = new HostTarget(host, port),
        Tls = new TlsOptions { ServerName = host, IsLook = true },
        TimeoutMilliseconds = HangGuard,
    };
}
