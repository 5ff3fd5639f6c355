using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What an authority says to who asks it for what it has revoked: a real OCSP responder, and one that is silent.</summary>
public sealed class RevocationTests : IDisposable
{
    private const int HangGuard = 30_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("socket-tools-ocsp-").FullName;
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public RevocationTests()
    {
        var request = new CertificateRequest($"CN=Test Root {Path.GetFileName(_folder)}", _rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(20));
        TestCertificate.WritePem(_root, $"{_folder}/root.pem", $"{_folder}/root.key");
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _root.Dispose();
        _rootKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("V", null)]
    [InlineData("R", CertificateFault.Revoked)]
    [InlineData("", CertificateFault.RevocationUnknown)]
    public async Task A_responder_is_asked_and_believed(string status, CertificateFault? fault)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "the system there asks, and remembers, in its own way");
        var serial = new byte[] { 0x12, 0x34, 0x56, 0x78 };
        var line = status.Length == 0 ? "" : $"{status}\t{DateTime.UtcNow.AddDays(10):yyMMddHHmmss}Z\t{(status == "R" ? $"{DateTime.UtcNow.AddDays(-1):yyMMddHHmmss}Z,keyCompromise" : "")}\t12345678\tunknown\t/CN=localhost\n";
        await File.WriteAllTextAsync($"{_folder}/index.txt", line, Test);
        using var responder = await Daemon.StartAsync(
            "openssl", port => ["ocsp", "-port", $"{port}", "-index", $"{_folder}/index.txt", "-CA", $"{_folder}/root.pem", "-rsigner", $"{_folder}/root.pem", "-rkey", $"{_folder}/root.key", "-ndays", "1"], Test, "ACCEPT");
        using var certificate = Issue(serial, $"http://127.0.0.1:{responder.Port}");
        await using var peer = TlsPeer.Start(certificate);

        var unasked = await LookAsync(peer.Port, checks: false);
        var info = await LookAsync(peer.Port, checks: true);

        Assert.True(unasked.Trusted);
        Assert.False(unasked.RevocationChecked);
        Assert.True(info.RevocationChecked);
        Assert.Equal(fault is { } expected ? [expected] : [], info.Faults);
        Assert.Equal(fault is null, info.Trusted);
        if (fault is not null)
            Assert.Contains(fault == CertificateFault.Revoked ? "It was revoked." : "may be revoked", Assert.Single(info.ChainErrors));
    }

    [Fact]
    public async Task Who_does_not_answer_leaves_it_open_in_the_time_given()
    {
        var asked = new TaskCompletionSource();
        await using var silent = ScriptedPeer.Start(async connection =>
        {
            asked.TrySetResult();
            await connection.WaitForCloseAsync();
        });
        using var certificate = Issue([0x22, 0x33], $"http://{silent.EndPoint}/", $"http://{silent.EndPoint}/list.crl");
        await using var peer = TlsPeer.Start(certificate);
        var clock = Stopwatch.StartNew();

        var info = await LookAsync(peer.Port, checks: true, timeout: 2000);

        await asked.Task;
        Assert.InRange(clock.ElapsedMilliseconds, 0, 4000);
        Assert.Equal([CertificateFault.RevocationUnknown], info.Faults);
        Assert.Contains("may be revoked", Assert.Single(info.ChainErrors));
        Assert.Equal(("CN=localhost", true, true), (info.Subject, info.NameMatches, info.RevocationChecked));
    }

    [Fact]
    public async Task Who_stops_need_not_wait_for_an_authority()
    {
        using var stop = new CancellationTokenSource();
        await using var silent = ScriptedPeer.Start(async connection =>
        {
            await stop.CancelAsync();
            await connection.WaitForCloseAsync();
        });
        using var certificate = Issue([0x33, 0x44], $"http://{silent.EndPoint}/");
        await using var peer = TlsPeer.Start(certificate);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LookAsync(peer.Port, checks: true, cancellation: stop.Token));
    }

    [Fact]
    public async Task Who_cannot_be_reached_leaves_it_open()
    {
        using var closed = LoopbackPort.Closed();
        using var certificate = Issue([0x44, 0x55], $"http://127.0.0.1:{closed.Number}/");
        await using var peer = TlsPeer.Start(certificate);

        Assert.Equal([CertificateFault.RevocationUnknown], (await LookAsync(peer.Port, checks: true)).Faults);
    }

    private X509Certificate2 Issue(byte[] serial, string responder, string? list = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([responder], null));
        if (list is not null)
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list]));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, true, false));
        using var issued = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10), serial);
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private Task<TlsInfo> LookAsync(int port, bool checks, int timeout = HangGuard, CancellationToken? cancellation = null) => new TlsInspector().LookAsync(
        new ConnectOptions
        {
            Target = new HostTarget("127.0.0.1", port),
            Tls = new TlsOptions { ServerName = "localhost", IsLook = true, TrustedRoots = [_root], CheckRevocation = checks },
            TimeoutMilliseconds = timeout,
        },
        cancellation ?? Test);
}
