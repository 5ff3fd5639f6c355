using System;
using System.IO;
using System.Linq;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a handshake shows of a server, with certificates of an authority of the test's own.</summary>
public sealed class TlsInspectorTests : IDisposable
{
    private const int HangGuard = 30_000;

    private readonly TestAuthority _authority = new();

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsVersion.Tls12)]
    [InlineData(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task A_good_certificate_is_trusted(SslProtocols spoken, TlsVersion version)
    {
        using var certificate = _authority.Issue(["localhost", "127.0.0.1"]);
        await using var peer = TlsPeer.Start(certificate, [_authority.Intermediate], spoken, false, "h2");

        var info = await LookAsync(peer.Port, new TlsOptions { ServerName = "localhost", ApplicationProtocols = ["h2", "http/1.1"] });

        Assert.Empty(info.ChainErrors);
        Assert.True(info.Trusted);
        Assert.True(info.NameMatches);
        Assert.Equal(version, info.Protocol);
        Assert.StartsWith("TLS_", info.CipherSuite);
        Assert.NotNull(info.KeyExchangeGroup);
        Assert.Equal("h2", info.ApplicationProtocol);
        Assert.Equal(["CN=localhost", "CN=Test Intermediate", "CN=Test Root"], info.ChainSubjects);
        Assert.Equal(["CN=localhost", "CN=Test Intermediate"], info.SentSubjects);
        Assert.Equal(certificate.RawData, info.Certificate!.RawData);
        Assert.Equal(certificate.Thumbprint, info.Thumbprint);
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), info.Sha256Thumbprint);
        Assert.Equal(["localhost", "127.0.0.1"], info.SubjectAlternativeNames);
        Assert.Equal(90, info.DaysLeft);
        Assert.Equal(DateTimeKind.Utc, info.NotAfter!.Value.Kind);
        Assert.Equal(("ECDSA", 256, "SHA256 with ECDSA"), (info.KeyAlgorithm, info.KeySize, info.SignatureAlgorithm));
        Assert.Equal("127.0.0.1", info.Address);
        Assert.True(info.HandshakeMs > 0);
        Assert.False(info.ClientCertificateRequested);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(3072)]
    public async Task The_size_of_an_RSA_key_is_told(int bits)
    {
        using var key = RSA.Create(bits);
        using var certificate = _authority.Issue(["localhost"], null, key);
        await using var peer = TlsPeer.Start(certificate, [_authority.Intermediate]);

        var info = await LookAsync(peer.Port);

        Assert.Equal(("RSA", bits), (info.KeyAlgorithm, info.KeySize));
        Assert.True(info.Trusted);
    }

    [Fact]
    public void A_weak_key_is_not_trusted()
    {
        using var key = RSA.Create(1024);
        using var certificate = _authority.Issue(["localhost"], null, key);

        // Not every TLS library lets a server have it.
        var trust = new ServerTrust([certificate, _authority.Intermediate], new TlsOptions { ServerName = "localhost", TrustedRoots = [_authority.Root] }, TimeSpan.Zero);

        Assert.Equal([CertificateFault.WeakAlgorithm], trust.Faults);
        Assert.Equal("It has a key of 1024 bits (RSA), where 2048 are the least.", Assert.Single(trust.Sentences));
    }

    [Fact]
    public void A_certificate_of_the_issuers_name_with_another_key_is_not_the_issuers()
    {
        using var other = new TestAuthority();
        using var certificate = _authority.Issue(
            ["localhost"], null, null, X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority.Intermediate, includeKeyIdentifier: false, includeIssuerAndSerial: true));

        // A server of this runtime would not send it.
        var trust = new ServerTrust([certificate, other.Intermediate], new TlsOptions { ServerName = "localhost", TrustedRoots = [_authority.Root] }, TimeSpan.Zero);

        Assert.Equal([CertificateFault.MissingIntermediate], trust.Faults);
        Assert.Contains("sent a certificate of 'CN=Test Intermediate', but with another key", trust.Sentences[0]);
    }

    [Fact]
    public async Task A_certificate_for_clients_is_told_once()
    {
        using var certificate = _authority.Issue(["localhost"], null, null, new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        await using var peer = TlsPeer.Start(certificate, [_authority.Intermediate]);

        var info = await LookAsync(peer.Port);

        Assert.Equal([CertificateFault.WrongUsage], info.Faults);
        Assert.StartsWith("It is not for servers", Assert.Single(info.ChainErrors));
    }

    [Theory]
    [InlineData(-20.0, -10.5, CertificateFault.Expired, "expired", -11)]
    [InlineData(5.0, 20.5, CertificateFault.NotYetValid, "not valid before", 20)]
    public async Task A_certificate_outside_its_time_is_told(double from, double to, CertificateFault fault, string words, int daysLeft)
    {
        using var certificate = _authority.Issue(["localhost"], (from, to));
        await using var peer = TlsPeer.Start(certificate, [_authority.Intermediate]);

        var info = await LookAsync(peer.Port);

        Assert.Equal([fault], info.Faults);
        Assert.Contains(words, Assert.Single(info.ChainErrors));
        Assert.Equal(daysLeft, info.DaysLeft);
        Assert.False(info.Trusted);
    }

    [Theory]
    [InlineData("other.example.test", "It is for localhost, not for other.example.test.")]
    [InlineData("127.0.0.1", "It is for localhost, not for 127.0.0.1.")]
    public async Task A_wrong_name_is_told(string name, string words)
    {
        using var certificate = _authority.Issue(["localhost"]);
        await using var peer = TlsPeer.Start(certificate, [_authority.Intermediate]);

        var info = await LookAsync(peer.Port, new TlsOptions { ServerName = name });

        Assert.False(info.NameMatches);
        Assert.Equal([CertificateFault.WrongName], info.Faults);
        Assert.Equal([words], info.ChainErrors);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task An_intermediate_that_was_not_sent_is_told(SslProtocols version)
    {
        using var certificate = _authority.Issue(["localhost"]);
        await using var peer = TlsPeer.Start(certificate, [], version);

        var info = await LookAsync(peer.Port);

        Assert.Equal([CertificateFault.MissingIntermediate], info.Faults);
        Assert.Equal(["The server did not send the certificate of its issuer, 'CN=Test Intermediate', and this computer does not have it."], info.ChainErrors);
        Assert.Equal(["CN=localhost"], info.SentSubjects);
    }

    [Fact]
    public async Task Self_signed_and_unknown_authorities_are_told_apart()
    {
        using var own = TestCertificate.SelfSigned("localhost");
        await using var lonely = TlsPeer.Start(own);
        using var certificate = _authority.Issue(["localhost"]);
        await using var issued = TlsPeer.Start(certificate, [_authority.Intermediate]);
        var nobody = new TlsOptions { ServerName = "localhost", TrustedRoots = [] };

        var self = await LookAsync(lonely.Port, nobody, trusts: false);
        var unknown = await LookAsync(issued.Port, nobody, trusts: false);

        Assert.Equal([CertificateFault.SelfSigned], self.Faults);
        Assert.Equal([CertificateFault.UnknownAuthority], unknown.Faults);
        Assert.Contains("'CN=Test Root'", Assert.Single(unknown.ChainErrors));
    }

    [Fact]
    public async Task Several_faults_are_all_told()
    {
        using var own = TestCertificate.SelfSigned("other", DateTimeOffset.UtcNow.AddDays(-1));
        await using var peer = TlsPeer.Start(own);

        var info = await LookAsync(peer.Port, new TlsOptions { ServerName = "localhost" }, trusts: false);

        Assert.Equal([CertificateFault.WrongName, CertificateFault.Expired, CertificateFault.SelfSigned], info.Faults.Order().OrderBy(static f => f == CertificateFault.WrongName ? 0 : 1));
    }

    [Fact]
    public async Task Revocation_is_asked_for_only_when_it_is_wanted()
    {
        byte[] list = [];
        var asked = 0;
        await using var authority = ScriptedPeer.Start(async c =>
        {
            await c.ReadHeadAsync();
            asked++;
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: {list.Length}\r\nConnection: close\r\n\r\n");
            await c.SendAsync(list);
        });
        var lists = CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"http://{authority.EndPoint}/list.crl"]);
        var issuer = new X509AuthorityInformationAccessExtension(null, [$"http://{authority.EndPoint}/issuer.cer"]);
        using var certificate = _authority.Issue(["localhost"], null, null, lists, issuer);
        list = _authority.RevocationList(certificate);
        await using var complete = TlsPeer.Start(certificate, [_authority.Intermediate]);
        await using var lonely = TlsPeer.Start(certificate);

        var unasked = await LookAsync(complete.Port);
        var missing = await LookAsync(lonely.Port);
        await Assert.ThrowsAsync<SocketOperationException>(() => new SocketConnector().ConnectAsync(
            new ConnectOptions { Target = new HostTarget("127.0.0.1", lonely.Port), Tls = new TlsOptions { ServerName = "localhost" }, TimeoutMilliseconds = HangGuard }, Test));
        Assert.Equal(0, asked);
        var checkedInfo = await LookAsync(complete.Port, new TlsOptions { ServerName = "localhost", CheckRevocation = true });

        Assert.True(unasked.Trusted);
        Assert.Equal([CertificateFault.MissingIntermediate], missing.Faults);
        Assert.True(asked > 0);
        Assert.True(checkedInfo.RevocationChecked);
        Assert.Contains(CertificateFault.Revoked, checkedInfo.Faults);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task That_a_client_certificate_is_wanted_is_told(SslProtocols version)
    {
        using var certificate = _authority.Issue(["localhost"]);
        using var client = TestCertificate.SelfSigned("client");
        await using var peer = TlsPeer.Start(certificate, [_authority.Intermediate], version, wantsCertificate: true);

        var shown = await LookAsync(peer.Port, new TlsOptions { ServerName = "localhost", ClientCertificate = client });
        Assert.True(shown.ClientCertificateRequested);
        Assert.True(shown.Trusted);

        Assert.True((await LookAsync(peer.Port)).ClientCertificateRequested);
    }

    [Fact]
    public async Task What_a_server_had_shown_before_it_refused_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("socket-tools-tls-").FullName;
        using var certificate = _authority.Issue(["localhost"]);
        TestCertificate.WritePem(certificate, $"{folder}/cert.pem", $"{folder}/key.pem");
        using (var server = await Daemon.StartAsync(
            "openssl", port => ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", $"{folder}/cert.pem", "-key", $"{folder}/key.pem", "-tls1_2", "-Verify", "1"], Test))
        {
            var error = await Assert.ThrowsAsync<SocketOperationException>(() => LookAsync(server.Port));

            Assert.Contains("It had asked for a client certificate", error.Message);
            var partial = Assert.IsType<TlsInfo>(error.PartialResult);
            Assert.Equal("CN=localhost", partial.Subject);
            Assert.True(partial.ClientCertificateRequested);
            Assert.Null(partial.Protocol);
        }
        Directory.Delete(folder, recursive: true);
    }

    // An extended key usage that breaks off, which some systems take for the end of everything.
    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_that_servers_failure()
    {
        var folder = Directory.CreateTempSubdirectory("socket-tools-tls-").FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.37", [0x30, 0x02, 0x06, 0x09], critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        TestCertificate.WritePem(certificate, $"{folder}/cert.pem", $"{folder}/key.pem");
        using (var server = await Daemon.StartAsync(
            "openssl", port => ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", $"{folder}/cert.pem", "-key", $"{folder}/key.pem"], Test))
        {
            TlsInfo? info = null;
            var error = await Record.ExceptionAsync(async () => info = await LookAsync(server.Port));

            Assert.True(error is SocketOperationException { Reason: Reason.TlsFailed } || info is { Trusted: false }, error?.ToString());
            var sending = await Record.ExceptionAsync(() => new RawHttpClient().SendAsync(
                new RawHttpRequest(HttpUrl.Parse($"https://localhost:{server.Port}/")), new RawHttpOptions { TimeoutMilliseconds = HangGuard }, Test));
            Assert.IsType<SocketOperationException>(sending);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_version_that_the_server_does_not_speak_is_an_alert()
    {
        using var certificate = _authority.Issue(["localhost"]);
        await using var peer = TlsPeer.Start(certificate, [], SslProtocols.Tls13);

        var error = await Assert.ThrowsAsync<SocketOperationException>(
            () => LookAsync(peer.Port, new TlsOptions { ServerName = "localhost", Versions = [TlsVersion.Tls12] }));

        Assert.Equal(Reason.TlsFailed, error.Reason);
        Assert.Contains("protocol_version (70)", error.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP without TLS: 'HTTP/1.1 400 Bad Request'")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "an SSH server's banner: 'SSH-2.0-OpenSSH_9.2'")]
    [InlineData("220 mail ESMTP\r\n", "-StartTls Smtp")]
    [InlineData("* OK IMAP4 ready\r\n", "-StartTls Imap")]
    [InlineData("\u0001\u001b[31mgarbage", @"'\x01\x1b[31mgarbage'")]
    [InlineData("x", "'x'")]
    public async Task What_came_in_the_place_of_TLS_is_told(string answer, string words)
    {
        await using var peer = ScriptedPeer.Start(async c =>
        {
            await c.SendAsync(answer);
            await c.WaitForCloseAsync();
        });

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => LookAsync(peer.Port, timeout: answer.Length < 5 ? 200 : HangGuard));
        var asked = await Assert.ThrowsAsync<SocketOperationException>(() => AskAsync(peer.Port));

        Assert.Equal((Reason.NotTls, Reason.NotTls), (error.Reason, asked.Reason));
        Assert.Contains(words, error.Message);
        Assert.Contains(words, asked.Message);
    }

    [Fact]
    public async Task Silence_times_out_and_a_closed_connection_says_so()
    {
        await using var silent = ScriptedPeer.Start(static c => c.WaitForCloseAsync());
        await using var closing = ScriptedPeer.Start(static c => c.ReadAsync(5));

        await Assert.ThrowsAsync<SocketTimeoutException>(() => LookAsync(silent.Port, timeout: 200));
        await Assert.ThrowsAsync<SocketTimeoutException>(() => AskAsync(silent.Port, timeout: 200));
        Assert.True((await Assert.ThrowsAsync<SocketOperationException>(() => LookAsync(closing.Port))).Reason is Reason.ConnectionClosed or Reason.ConnectionReset);
        Assert.True((await Assert.ThrowsAsync<SocketOperationException>(() => AskAsync(closing.Port))).Reason is Reason.ConnectionClosed or Reason.ConnectionReset);
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var connected = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async c =>
        {
            connected.TrySetResult();
            await c.WaitForCloseAsync();
        });
        var looking = new TlsInspector().LookAsync(Options(peer.Port, new TlsOptions { ServerName = "localhost" }, HangGuard), stop.Token);
        await connected.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
    }

    private Task<TlsInfo> LookAsync(int port, TlsOptions? tls = null, bool trusts = true, int timeout = HangGuard)
    {
        tls ??= new TlsOptions { ServerName = "localhost" };
        return new TlsInspector().LookAsync(Options(port, trusts ? tls with { TrustedRoots = [_authority.Root] } : tls, timeout), Test);
    }

    private static Task<System.Collections.Generic.IReadOnlyList<TlsVersionResult>> AskAsync(int port, int timeout = HangGuard) =>
        new TlsInspector().AskAsync(Options(port, new TlsOptions { ServerName = "localhost" }, timeout), TlsLibrary.Versions, Test);

    private static ConnectOptions Options(int port, TlsOptions tls, int timeout) => new()
    {
        Target = new HostTarget("127.0.0.1", port),
        Tls = tls with { IsLook = true },
        TimeoutMilliseconds = timeout,
    };
}
