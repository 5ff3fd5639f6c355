using System;
using System.Linq;
using System.Net.Security;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class RawHttpTlsTests
{
    private const int LongEnough = 60_000;

    [Fact]
    public async Task Reads_over_tls_when_the_check_is_skipped()
    {
        await using var peer = Start("localhost", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var response = await SendAsync($"https://localhost:{peer.Port}/", skipCheck: true);
        Assert.Equal(("ok", true, "localhost"), (response.Content, response.IsComplete, response.ComputerName));
    }

    [Theory]
    [InlineData("", true, "")]
    [InlineData("", false, "MissingCloseNotify")]
    [InlineData("Content-Length: 2\r\n", false, "")]
    [InlineData("Transfer-Encoding: chunked\r\n", false, "")]
    public async Task A_body_that_ends_with_the_connection_is_whole_when_tls_says_so(string header, bool saysSo, string finding)
    {
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.SecureAsync(certificate);
            await connection.ReadHeadAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\n{header}\r\n{(header.Contains("chunked", StringComparison.Ordinal) ? "2\r\nok\r\n0\r\n\r\n" : "ok")}");
            if (saysSo)
                await connection.EndTlsAsync();
        });
        var response = await SendAsync($"https://localhost:{peer.Port}/", skipCheck: true);
        Assert.Equal(("ok", finding.Length == 0, finding), (response.Content, response.IsComplete, string.Concat(response.Findings.Select(static f => f.Id))));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(4, 300)]
    public async Task A_broken_record_takes_nothing_back(int length, int linger)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells what has been read");
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.SecureAsync(certificate);
            await connection.ReadHeadAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nhalf");
            // What comes at once with a broken record is lost in SslStream.
            await connection.WaitUntilReadAsync(TestContext.Current.CancellationToken);
            await connection.SendBareAsync([0x17, 3, 3, 0, 32, .. new byte[32]]);
            await connection.WaitForCloseAsync();
        });
        var sending = new RawHttpClient().SendAsync(
            new RawHttpRequest(HttpUrl.Parse($"https://localhost:{peer.Port}/")),
            new RawHttpOptions { TimeoutMilliseconds = LongEnough, SkipCertificateCheck = true, LingerMilliseconds = linger }, TestContext.Current.CancellationToken);
        var response = length == 4 ? await sending : Assert.IsType<RawHttpResponse>((await Assert.ThrowsAsync<SocketOperationException>(() => sending)).PartialResult);
        Assert.Equal(("half", length == 4), (response.Content, response.IsComplete));
    }

    [Fact]
    public async Task The_server_is_told_the_end_of_tls()
    {
        var isTold = new TaskCompletionSource<bool>();
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.SecureAsync(certificate);
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
            isTold.SetResult(await connection.IsToldTheEndAsync());
        });
        await SendAsync($"https://localhost:{peer.Port}/", skipCheck: true);
        Assert.True(await isTold.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Says_that_a_certificate_is_self_signed()
    {
        await using var peer = Start("localhost", "");
        var error = await FailureAsync($"https://localhost:{peer.Port}/");
        Assert.Contains("self-signed ('CN=localhost')", error.Message, StringComparison.Ordinal);
        Assert.Contains("-SkipCertificateCheck", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_certificate_has_another_name()
    {
        await using var peer = Start("other.example", "");
        var error = await FailureAsync($"https://localhost:{peer.Port}/");
        Assert.Contains("is for 'other.example', not for 'localhost'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_certificate_is_outside_its_time()
    {
        await using var peer = Start("localhost", "", DateTimeOffset.UtcNow.AddDays(-1));
        var error = await FailureAsync($"https://localhost:{peer.Port}/");
        Assert.Contains("outside its time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_a_client_certificate_to_who_asks_for_one()
    {
        using var own = TestCertificate.SelfSigned("client1");
        using var certificate = TestCertificate.SelfSigned("localhost");
        var shown = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.SecureAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, client, _, _) => (shown = client?.Subject ?? "none").Length > 0,
            });
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });

        var options = new RawHttpOptions { TimeoutMilliseconds = LongEnough, SkipCertificateCheck = true, ClientCertificate = own };
        var response = await new RawHttpClient().SendAsync(new RawHttpRequest(HttpUrl.Parse($"https://localhost:{peer.Port}/")), options, TestContext.Current.CancellationToken);

        Assert.Equal((204, "CN=client1", true), (response.StatusCode, shown, response.Tls!.ClientCertificateRequested));
    }

    [Fact]
    public async Task Takes_the_name_of_an_address()
    {
        await using var peer = Start("127.0.0.1", "");
        var error = await FailureAsync($"https://127.0.0.1:{peer.Port}/");
        Assert.DoesNotContain("not for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_port_speaks_no_tls()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadAsync(1);
            await connection.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n");
            await connection.WaitForCloseAsync();
        });
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync($"https://127.0.0.1:{peer.Port}/", skipCheck: true));
        Assert.Equal(Reason.NotTls, error.Reason);
        Assert.Contains("Check that this port speaks TLS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_close_inside_the_handshake_is_its_failure()
    {
        await using var peer = ScriptedPeer.Start(connection => connection.ReadAsync(100));
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync($"https://127.0.0.1:{peer.Port}/", skipCheck: true));
        Assert.True(error.Reason is Reason.ConnectionClosed or Reason.ConnectionReset);
    }

    [Fact]
    public async Task The_deadline_covers_the_handshake()
    {
        await using var peer = ScriptedPeer.Start(connection => connection.WaitForCloseAsync());
        await Assert.ThrowsAsync<SocketTimeoutException>(() => SendAsync($"https://127.0.0.1:{peer.Port}/", timeout: 300));
    }

    [Fact]
    public async Task Cancellation_ends_the_handshake()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.ReadAsync(1);
            asked.SetResult();
            await connection.WaitForCloseAsync();
        });
        var sending = new RawHttpClient().SendAsync(
            new RawHttpRequest(HttpUrl.Parse($"https://127.0.0.1:{peer.Port}/")), new RawHttpOptions { TimeoutMilliseconds = LongEnough }, cancellation.Token);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static ScriptedPeer Start(string name, string text, DateTimeOffset? notAfter = null) => ScriptedPeer.Start(async connection =>
    {
        using var certificate = TestCertificate.SelfSigned(name, notAfter);
        await connection.SecureAsync(certificate);
        await connection.ReadHeadAsync();
        await connection.SendAsync(text);
    });

    private static Task<RawHttpResponse> SendAsync(string url, bool skipCheck = false, int timeout = LongEnough) =>
        new RawHttpClient().SendAsync(
            new RawHttpRequest(HttpUrl.Parse(url)),
            new RawHttpOptions { TimeoutMilliseconds = timeout, SkipCertificateCheck = skipCheck }, TestContext.Current.CancellationToken);

    private static async Task<SocketOperationException> FailureAsync(string url, bool skipCheck = false)
    {
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => SendAsync(url, skipCheck));
        Assert.Equal(Reason.TlsFailed, error.Reason);
        return error;
    }
}
