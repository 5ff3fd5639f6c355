using System;
using System.Linq;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What is shown of real web servers over TLS, where they are installed, with certificates of the test's own.</summary>
public sealed class TlsServerTests : IDisposable
{
    private const int HangGuard = 30_000;

    private readonly TestAuthority _authority = new();
    private readonly WebFiles _files = new();

    public static TheoryData<string> Servers { get; } = new(TlsServers.Names);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _files.Dispose();
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Versions_and_a_good_chain_are_shown(string name)
    {
        using var certificate = _authority.Issue(["localhost"]);
        foreach (var (spoken, version) in new[] { (SslProtocols.Tls12, TlsVersion.Tls12), (SslProtocols.Tls13, TlsVersion.Tls13) })
        {
            await using var server = await TlsServers.StartAsync(name, _files, new ServerCertificate(certificate, [_authority.Intermediate]), spoken, Test);

            var info = await LookAsync(server.Port);
            var answers = await new TlsInspector().AskAsync(Options(server.Port), [TlsVersion.Ssl3, TlsVersion.Tls12, TlsVersion.Tls13], Test);

            Assert.Empty(info.ChainErrors);
            Assert.True(info.Trusted);
            Assert.Equal(version, info.Protocol);
            Assert.StartsWith("TLS_", info.CipherSuite);
            Assert.NotNull(info.KeyExchangeGroup);
            Assert.Equal(["CN=localhost", "CN=Test Intermediate"], info.SentSubjects);
            Assert.Equal(["CN=localhost", "CN=Test Intermediate", "CN=Test Root"], info.ChainSubjects);
            Assert.Equal([version], answers.Where(static a => a.State == TlsVersionState.Accepted).Select(static a => a.Protocol));
            Assert.All(answers.Where(a => a.Protocol != version), static a => Assert.Equal(TlsVersionState.Refused, a.State));
            Assert.Equal(Reason.TlsFailed, (await RefusalAsync(server.Port, version == TlsVersion.Tls12 ? TlsVersion.Tls13 : TlsVersion.Tls12)).Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task What_is_wrong_with_a_certificate_is_shown(string name)
    {
        using var good = _authority.Issue(["localhost"]);
        using var expired = _authority.Issue(["localhost"], (-20, -1.5));
        using var other = _authority.Issue(["other.example.test"]);
        using var own = TestCertificate.SelfSigned("localhost");
        X509Certificate2[] chain = [_authority.Intermediate];
        foreach (var (certificate, others, fault, words) in new (X509Certificate2, X509Certificate2[], CertificateFault, string)[]
        {
            (expired, chain, CertificateFault.Expired, "expired"),
            (other, chain, CertificateFault.WrongName, "other.example.test"),
            (own, [], CertificateFault.SelfSigned, "self-signed"),
            (good, [], CertificateFault.MissingIntermediate, "CN=Test Intermediate"),
        })
        {
            await using var server = await TlsServers.StartAsync(name, _files, new ServerCertificate(certificate, others), SslProtocols.Tls12 | SslProtocols.Tls13, Test);

            var info = await LookAsync(server.Port);
            var refused = await Assert.ThrowsAsync<SocketOperationException>(() => new RawHttpClient().SendAsync(
                new RawHttpRequest(HttpUrl.Parse($"https://localhost:{server.Port}/text.txt")), Http(), Test));
            var taken = await new RawHttpClient().SendAsync(
                new RawHttpRequest(HttpUrl.Parse($"https://localhost:{server.Port}/text.txt")), Http() with { SkipCertificateCheck = true }, Test);

            Assert.Equal([fault], info.Faults);
            Assert.Contains(words, Assert.Single(info.ChainErrors));
            Assert.False(info.Trusted);
            Assert.Equal(certificate.RawData, info.Certificate!.RawData);
            Assert.Equal(Reason.TlsFailed, refused.Reason);
            Assert.Equal((200, certificate.Subject, false), (taken.StatusCode, taken.Tls!.Subject, taken.Tls.Trusted));
        }
    }

    private static RawHttpOptions Http() => new() { TimeoutMilliseconds = HangGuard, Family = System.Net.Sockets.AddressFamily.InterNetwork };

    private static Task<SocketOperationException> RefusalAsync(int port, TlsVersion version)
    {
        var options = Options(port);
        return Assert.ThrowsAsync<SocketOperationException>(() => new TlsInspector().LookAsync(options with { Tls = options.Tls! with { Versions = [version] } }, Test));
    }

    private Task<TlsInfo> LookAsync(int port)
    {
        var options = Options(port);
        return new TlsInspector().LookAsync(options with { Tls = options.Tls! with { TrustedRoots = [_authority.Root] } }, Test);
    }

    private static ConnectOptions Options(int port) => new()
    {
        Target = new HostTarget("localhost", port),
        Family = System.Net.Sockets.AddressFamily.InterNetwork,
        Tls = new TlsOptions { ServerName = "localhost", IsLook = true },
        TimeoutMilliseconds = HangGuard,
    };
}
