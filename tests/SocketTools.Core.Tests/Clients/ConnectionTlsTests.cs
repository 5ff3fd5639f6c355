using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>TLS over a connection, from the start or after a dialogue in the clear, with deadlines and Ctrl+C.</summary>
public sealed class ConnectionTlsTests
{
    private const int HangGuard = 30_000;
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_go_both_ways_over_tls()
    {
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async c =>
        {
            await c.SecureAsync(certificate);
            await c.SendAsync(await c.ReadAsync(6));
            await c.WaitForCloseAsync();
        });
        using var connection = await OpenAsync(peer.Port, new TlsOptions { ServerName = "localhost", SkipCertificateCheck = true });

        Assert.True(connection.IsSecure);
        Assert.StartsWith("Tls1", connection.TlsProtocol);
        connection.Send("hello\n"u8.ToArray(), 6, null, Limit());
        Assert.Equal("hello", Utf8.GetString(connection.Receive(new LineRule(Utf8), 100, Limit()).Bytes!));
        Assert.Throws<SocketTimeoutException>(() => connection.Receive(new LineRule(Utf8), 100, new WaitLimit(50, Test)));
        Assert.Equal(6, connection.BytesReceived);
    }

    [Fact]
    public async Task What_is_there_is_what_was_said_and_no_word_of_tls_itself()
    {
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async c =>
        {
            await c.SecureAsync(certificate);
            await c.SendAsync(await c.ReadAsync(3));
            await c.SendAsync(await c.ReadAsync(6));
            await c.WaitForCloseAsync();
        });
        using var connection = await OpenAsync(peer.Port, new TlsOptions { ServerName = "localhost", SkipCertificateCheck = true });

        Assert.Empty(connection.ReceiveAvailable(100, Limit()).Bytes!);
        connection.Send("one"u8.ToArray(), 3, null, Limit());
        Assert.Equal("o", Utf8.GetString(connection.Receive(new LengthRule(1), 100, Limit()).Bytes!));
        Assert.Equal("ne", Utf8.GetString(connection.ReceiveAvailable(100, Limit()).Bytes!));
        Assert.Throws<SocketTimeoutException>(() => connection.Receive(new LineRule(Utf8), 100, new WaitLimit(50, Test)));
        connection.Send("login:"u8.ToArray(), 6, null, Limit());
        Assert.Equal("login:", Utf8.GetString(connection.Receive(new PatternRule(new System.Text.RegularExpressions.Regex("login:$"), Utf8), 100, Limit()).Bytes!));
    }

    [Fact]
    public async Task Tls_goes_over_a_unix_socket_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of this kind are Unix's");
        var path = Path.Combine(Path.GetTempPath(), $"socket-tools-{Guid.NewGuid():N}");
        using var certificate = TestCertificate.SelfSigned("localhost");
        using var listener = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        listener.Listen();
        var serving = Task.Run(
            async () =>
            {
                using var peer = new System.Net.Security.SslStream(new System.Net.Sockets.NetworkStream(await listener.AcceptAsync(Test), ownsSocket: true));
                await peer.AuthenticateAsServerAsync(certificate);
                await peer.WriteAsync("secret\n"u8.ToArray(), Test);
                Assert.Equal(0, await peer.ReadAsync(new byte[1], Test));
            },
            Test);
        using (var connection = await new SocketConnector().ConnectAsync(
            new ConnectOptions { UnixPath = path, Tls = new TlsOptions { ServerName = "localhost", SkipCertificateCheck = true } }, Test))
        {
            Assert.Equal("secret", Utf8.GetString(connection.Receive(new LineRule(Utf8), 100, Limit()).Bytes!));
            Assert.Equal((true, SocketFamily.Unix), (connection.IsSecure, connection.Family));
        }
        await serving;
        File.Delete(path);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_told()
    {
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async c => await Record.ExceptionAsync(() => c.SecureAsync(certificate)));

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync(peer.Port, new TlsOptions { ServerName = "localhost" }));

        Assert.Equal(Reason.TlsFailed, error.Reason);
        Assert.Contains("self-signed", error.Message);
    }

    [Fact]
    public async Task A_peer_that_never_answers_the_handshake_times_out()
    {
        await using var peer = ScriptedPeer.Start(static c => c.WaitForCloseAsync());

        await Assert.ThrowsAsync<SocketTimeoutException>(() => OpenAsync(peer.Port, new TlsOptions { ServerName = "localhost" }, timeout: 200));
    }

    [Fact]
    public async Task Cancellation_ends_a_handshake()
    {
        using var stop = new CancellationTokenSource();
        var connected = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async c =>
        {
            connected.SetResult();
            await c.WaitForCloseAsync();
        });
        var opening = new SocketConnector().ConnectAsync(
            new ConnectOptions { Target = new HostTarget("127.0.0.1", peer.Port), Tls = new TlsOptions { ServerName = "x" }, TimeoutMilliseconds = HangGuard }, stop.Token);
        await connected.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Theory]
    [InlineData(StartTlsProtocol.Smtp, "220 ready\r\n", "EHLO localhost\r\n", "250-one\r\n250 STARTTLS\r\n", "STARTTLS\r\n", "220 go\r\n")]
    [InlineData(StartTlsProtocol.Ftp, "220-one\r\ntwo\r\n220 ready\r\n", "AUTH TLS\r\n", "234 go\r\n", "", "")]
    [InlineData(StartTlsProtocol.Imap, "* OK ready\r\n", "a STARTTLS\r\n", "* note\r\na OK go\r\n", "", "")]
    [InlineData(StartTlsProtocol.Pop3, "+OK ready\r\n", "STLS\r\n", "+OK go\r\n", "", "")]
    [InlineData(StartTlsProtocol.Postgres, "", "\0\0\0\u0008\u0004\u00d2\u0016\u002f", "S", "", "")]
    public async Task Protocols_are_asked_to_go_on_with_tls(StartTlsProtocol protocol, params string[] script)
    {
        using var certificate = TestCertificate.SelfSigned("localhost");
        await using var peer = ScriptedPeer.Start(async c =>
        {
            await c.SendAsync(script[0]);
            for (var i = 1; i < script.Length; i += 2)
            {
                Assert.Equal(script[i], Encoding.Latin1.GetString(await c.ReadAsync(script[i].Length)));
                await c.SendAsync(script[i + 1]);
            }
            await c.SecureAsync(certificate);
            await c.SendAsync("secret\n");
        });
        using var connection = await OpenAsync(peer.Port, new TlsOptions { ServerName = "localhost", SkipCertificateCheck = true }, protocol);

        Assert.Equal("secret", Utf8.GetString(connection.Receive(new LineRule(Utf8), 100, Limit()).Bytes!));
    }

    [Fact]
    public async Task A_server_without_tls_says_so()
    {
        await using var peer = ScriptedPeer.Start(static async c =>
        {
            await c.ReadAsync(8);
            await c.SendAsync("N");
        });

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => OpenAsync(peer.Port, new TlsOptions { ServerName = "localhost" }, StartTlsProtocol.Postgres));

        Assert.Equal(Reason.TlsFailed, error.Reason);
        Assert.Contains("no TLS", error.Message);
    }

    [Fact]
    public async Task OpenSSL_sees_the_client_certificate()
    {
        Tool.Require("openssl");
        var folder = Directory.CreateTempSubdirectory("socket-tools-tls-").FullName;
        using var server = TestCertificate.SelfSigned("localhost");
        using var client = TestCertificate.SelfSigned("the client");
        TestCertificate.WritePem(server, Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        TestCertificate.WritePem(client, Path.Combine(folder, "client.pem"), Path.Combine(folder, "client.key"));
        using (var daemon = await Daemon.StartAsync(
            "openssl",
            port => ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", $"{folder}/cert.pem", "-key", $"{folder}/key.pem", "-Verify", "1", "-CAfile", $"{folder}/client.pem", "-www", "-alpn", "http/1.1"],
            Test))
        {
            using var connection = await OpenAsync(
                daemon.Port, new TlsOptions { ServerName = "localhost", SkipCertificateCheck = true, ClientCertificate = client, ApplicationProtocols = ["h2", "http/1.1"] });
            connection.Send("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), 18, null, Limit());

            var text = Utf8.GetString(connection.Receive(new ToEndRule(), 1_000_000, Limit()).Bytes!);

            Assert.Contains("CN = the client", text.Replace("CN=", "CN = ", StringComparison.Ordinal));
            Assert.Equal("http/1.1", connection.ApplicationProtocol);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static Task<SocketConnection> OpenAsync(int port, TlsOptions tls, StartTlsProtocol? protocol = null, int timeout = HangGuard) =>
        new SocketConnector().ConnectAsync(
            new ConnectOptions { Target = new HostTarget("127.0.0.1", port), Tls = tls, StartTls = protocol, TimeoutMilliseconds = timeout }, Test);

    private static WaitLimit Limit() => new(HangGuard, Test);
}
