using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>HTTP, forwarding, who serves itself, and who accepts one by one.</summary>
public sealed class ServerHandlerTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/echo?msg=ol%C3%A1+you", 200, "olá you")]
    [InlineData("/echo?msg=no&code=503", 503, "no")]
    [InlineData("/status/418", 418, "")]
    [InlineData("/bytes/30", 200, "abcdefghijklmnopqrstuvwxyzabcd")]
    [InlineData("/header?key=X-Test", 200, "yes")]
    [InlineData("/healthz", 200, "ok")]
    [InlineData("/redirect?location=/healthz&code=307", 200, "ok")]
    [InlineData("/nowhere", 404, HttpRoutes.List)]
    [InlineData("/", 200, HttpRoutes.List)]
    public async Task A_route_answers(string path, int status, string body)
    {
        using var server = SocketServer.Start(new ServerOptions { Handler = new HttpHandler(null) });
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Test", "yes");

        using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}{path}"), Test);

        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Test)));
    }

    [Fact]
    public async Task One_connection_carries_many_requests_with_bodies_of_both_framings()
    {
        using var server = SocketServer.Start(new ServerOptions { Handler = new HttpHandler(null) });
        using var http = new HttpClient();
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{server.Port}/echo");
            request.Content = new StringContent(new string('x', i * 5000));
            request.Headers.TransferEncodingChunked = i % 2 == 0;
            request.Headers.ExpectContinue = i % 4 == 0;
            using var response = await http.SendAsync(request, Test);
            Assert.Equal(i * 5000, (await response.Content.ReadAsStringAsync(Test)).Length);
        }
        Assert.Equal(1, server.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_fixed_answer_is_given_to_all()
    {
        var answer = new HttpAnswer { Status = 503, Headers = [new("Retry-After", "3")], Body = "later"u8.ToArray() };
        using var server = SocketServer.Start(new ServerOptions { Handler = new HttpHandler(answer) });

        Assert.Equal("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlater", await AskAsync(server, "GET /x HTTP/1.0\r\n\r\n"));
        Assert.Equal("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\nContent-Length: 5\r\nConnection: close\r\n\r\n", await AskAsync(server, "HEAD / HTTP/1.0\r\n\r\n"));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n", "HTTP/1.1 413 ")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 ")]
    public async Task What_is_no_request_is_told_so(string request, string begins)
    {
        using var server = SocketServer.Start(new ServerOptions { Handler = new HttpHandler(null) });

        Assert.StartsWith(begins, await AskAsync(server, request));
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync(server, "GET /" + new string('x', 70_000)));
        Assert.Equal(0, server.Errors);
    }

    [Fact]
    public async Task Requests_that_come_together_are_answered_in_their_order()
    {
        using var server = SocketServer.Start(new ServerOptions { Handler = new HttpHandler(null) });
        var requests = string.Concat(Enumerable.Range(0, 100).Select(static i => $"GET /echo?msg=n{i};&code=200 HTTP/1.1\r\nHost: x\r\n\r\n"));

        var answers = await AskAsync(server, requests);

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"n{i}"), answers.Split("\r\n\r\n").Skip(1).Select(static part => part.Split(';')[0]));
    }

    [Fact]
    public async Task A_connection_is_forwarded_whole_both_ways()
    {
        using var target = SocketServer.Start(new ServerOptions());
        using var server = SocketServer.Start(new ServerOptions
        {
            Handler = new ForwardHandler(new HostTarget("127.0.0.1", target.Port)),
            TranscriptBytes = 100,
        });
        using var client = await ServerClient.ConnectAsync(server);
        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);

        Assert.Equal(sent, await client.ExchangeAsync(sent));

        await Eventually.HoldsAsync(() => server.Connections[0].End == ServerConnectionEnd.ClientClosed, Test);
        Assert.Equal((sent.Length, sent.Length, 0), (server.BytesReceived, server.BytesSent, server.Errors));
        Assert.NotEmpty(server.Connections[0].Transcript!.Entries);
        await Eventually.HoldsAsync(() => target.ConnectionsOpen == 0, Test);
    }

    [Fact]
    public async Task Faults_stand_between_a_client_and_a_real_server()
    {
        using var target = SocketServer.Start(new ServerOptions());
        using var server = SocketServer.Start(new ServerOptions
        {
            Handler = new ForwardHandler(new HostTarget("127.0.0.1", target.Port)),
            FaultsOut = new SocketFaults { TruncateAfterBytes = 10 },
        });
        using var client = await ServerClient.ConnectAsync(server);

        Assert.Equal(10, (await client.ExchangeAsync(new byte[100])).Length);
        Assert.Equal(100, target.BytesReceived);
        await Eventually.HoldsAsync(() => server.ConnectionsOpen == 0, Test);
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_ends_the_connection()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var target = new HostTarget("127.0.0.1", ((IPEndPoint)closed.LocalEndPoint!).Port);
        using var server = SocketServer.Start(new ServerOptions { Handler = new ForwardHandler(target) });
        using var client = await ServerClient.ConnectAsync(server);

        Assert.True((await client.ReadToEndAsync()).IsReset);
        await Eventually.HoldsAsync(() => server.Connections[0].End == ServerConnectionEnd.TargetFailed, Test);
        Assert.Contains("ECONNREFUSED", server.Connections[0].ErrorMessage);
        Assert.Equal(1, server.Errors);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Someone_else_serves_a_connection(bool overTls)
    {
        using var server = SocketServer.Start(new ServerOptions
        {
            Certificate = overTls ? TestCertificate.SelfSigned("localhost") : null,
            Handler = new ScriptHandler((connection, stop) => Task.Run(() =>
            {
                var line = connection.Receive(new LineRule(Encoding.UTF8), 1000, new WaitLimit(30_000, Test)).Bytes!;
                if (line.Length == 0)
                    throw new InvalidOperationException("It said nothing.");
                connection.Send(line, line.Length, null, new WaitLimit(30_000, Test));
            }, stop)),
        });
        using (var client = await ServerClient.ConnectAsync(server))
        {
            await client.SendAsync("hello\nrest"u8.ToArray());
            Assert.Equal("hello", Encoding.UTF8.GetString(await client.ReadAsync(5)));
        }
        using (var client = await ServerClient.ConnectAsync(server))
            await client.ExchangeAsync([]);

        await Eventually.HoldsAsync(() => server.ConnectionsOpen == 0, Test);
        Assert.Equal([(ServerConnectionEnd.ServerClosed, null), (ServerConnectionEnd.HandlerFailed, "It said nothing.")], server.Connections.Select(static c => (c.End, c.ErrorMessage)));
        Assert.Equal((1, 5), (server.Errors, server.BytesSent));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Connections_are_taken_one_by_one(bool overTls)
    {
        using var server = SocketServer.Start(new ServerOptions { Handler = new AcceptHandler(), Certificate = overTls ? TestCertificate.SelfSigned("localhost") : null });
        Assert.Throws<TimeoutException>(() => server.Accept(new WaitLimit(50, Test)));
        var connecting = ServerClient.ConnectAsync(server);

        using var connection = server.Accept(new WaitLimit(30_000, Test))!;
        using var client = await connecting;

        Assert.Equal((IPEndPoint)client.Socket.LocalEndPoint!, IPEndPoint.Parse(connection.RemoteEndPoint!));
        Assert.Equal(overTls, connection.IsSecure);
        await client.SendAsync("hi\n"u8.ToArray());
        Assert.Equal("hi", Encoding.UTF8.GetString(connection.Receive(new LineRule(Encoding.UTF8), 100, new WaitLimit(30_000, Test)).Bytes!));
        Assert.Equal(ServerConnectionEnd.HandedOver, server.Connections[0].End);
        server.Stop();
        Assert.Null(server.Accept(new WaitLimit(30_000, Test)));
    }

    [Fact]
    public async Task A_unix_socket_is_served()
    {
        Assert.SkipUnless(Socket.OSSupportsUnixDomainSockets, "this system has no Unix sockets");
        var path = Path.Combine(Path.GetTempPath(), $"socket-tools-{Guid.NewGuid():N}");
        using (var server = SocketServer.Start(new ServerOptions { UnixPath = path }))
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await client.ConnectAsync(new UnixDomainSocketEndPoint(path), Test);
            await client.SendAsync(new byte[] { 5 });
            Assert.Equal(1, await client.ReceiveAsync(new byte[10]).WaitAsync(Hang, Test));
            Assert.Equal((path, 0, path), (server.Address, server.Port, server.UnixSocket));
            Assert.Equal("", server.Connections[0].ComputerName);
        }
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Garbage_instead_of_TLS_is_contained()
    {
        using var server = SocketServer.Start(new ServerOptions { Certificate = TestCertificate.SelfSigned("web1") });
        for (var i = 0; i < 20; i++)
        {
            using var bad = new TcpClient();
            await bad.ConnectAsync(IPAddress.Loopback, server.Port, Test);
            var garbage = new byte[2000];
            new Random(i).NextBytes(garbage);
            await bad.GetStream().WriteAsync(garbage, Test);
            bad.Client.Shutdown(SocketShutdown.Send);
        }
        using var client = await ServerClient.ConnectAsync(server);

        Assert.Equal([1], await client.ExchangeAsync([1]));
        await Eventually.HoldsAsync(() => server.ConnectionsOpen == 0, Test);
        Assert.InRange(server.Connections.Count(static record => record.End is ServerConnectionEnd.TlsFailed or ServerConnectionEnd.ClientReset), 20, 20);
        Assert.False(server.Certificate!.HasPrivateKey);
    }

    [Theory, InlineData("echo"), InlineData("forward"), InlineData("script")]
    public async Task A_handshake_that_is_broken_off_is_contained(string handler)
    {
        using var target = SocketServer.Start(new ServerOptions());
        using var server = SocketServer.Start(new ServerOptions
        {
            Certificate = TestCertificate.SelfSigned("localhost"),
            Handler = handler switch
            {
                "forward" => new ForwardHandler(new HostTarget("127.0.0.1", target.Port)),
                "script" => new ScriptHandler((connection, _) => Task.Run(() => connection.Send([7], 1, null, new WaitLimit(30_000, Test)), Test)),
                _ => new ReplyHandler([7], ReplyPer.Connection),
            },
        });
        // The first bytes of a ClientHello (RFC 8446 section 5.1), and no more; then a reset, an end, or garbage.
        for (var i = 0; i < 30; i++)
        {
            using var bad = new TcpClient();
            await bad.ConnectAsync(IPAddress.Loopback, server.Port, Test);
            await bad.GetStream().WriteAsync(new byte[] { 22, 3, 1, 2, 0, 1, 0, 1, 252 }.AsMemory(0, 1 + (i % 9)), Test);
            if (i % 3 == 0)
                bad.Client.LingerState = new LingerOption(true, 0);
            else if (i % 3 == 1)
                await bad.GetStream().WriteAsync(new byte[3000], Test);
        }
        using var client = await ServerClient.ConnectAsync(server);

        if (handler == "forward")
            await client.SendAsync([7]);
        Assert.Equal([7], await client.ReadAsync(1));
        client.Dispose();
        await Eventually.HoldsAsync(() => server.ConnectionsOpen == 0, Test);
        Assert.Equal(30, server.Connections.Count(static record => record.End is ServerConnectionEnd.TlsFailed or ServerConnectionEnd.ClientReset));
        Assert.Equal((ServerState.Running, 31), (server.State, server.ConnectionsAccepted));
    }

    [Fact]
    public async Task What_a_script_does_is_noted_while_it_goes_on()
    {
        var goOn = new TaskCompletionSource();
        using var server = SocketServer.Start(new ServerOptions
        {
            Handler = new ScriptHandler(async (connection, _) =>
            {
                var line = connection.Receive(new LineRule(Encoding.UTF8), 1000, new WaitLimit(30_000, Test)).Bytes!;
                connection.Send(line, line.Length, null, new WaitLimit(30_000, Test));
                await goOn.Task;
            }),
        });
        using var client = await ServerClient.ConnectAsync(server);
        await client.SendAsync("hello\n"u8.ToArray());
        await client.ReadAsync(5);

        await Eventually.HoldsAsync(() => server.BytesSent == 5, Test);

        var record = Assert.Single(server.Connections);
        Assert.Equal((6, 5, "hello", ServerConnectionEnd.Open), (record.BytesReceived, record.BytesSent, record.FirstText, record.End));
        goOn.SetResult();
    }

    [Fact]
    public async Task A_client_that_trusts_the_certificate_needs_no_exception()
    {
        using var server = SocketServer.Start(new ServerOptions { Certificate = ServerTls.MakeCertificate([]) });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Port, Test);
        await using var tls = new SslStream(tcp.GetStream());
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(server.Certificate!);

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = policy }, Test);

        Assert.True(tls.IsAuthenticated);
    }

    private static async Task<string> AskAsync(SocketServer server, string request)
    {
        using var client = await ServerClient.ConnectAsync(server);
        return Encoding.UTF8.GetString(await client.ExchangeAsync(Encoding.UTF8.GetBytes(request)));
    }
}
