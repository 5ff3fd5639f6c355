using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Every job of the core's netstandard2.0 build, in a program of .NET Framework under Mono: by the calls of
/// this system, and by those of every system, which are the ones that Windows PowerShell 5.1 uses.</summary>
public sealed class FrameworkTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(120);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("native")]
    [InlineData("portable")]
    public async Task Ports_are_scanned(string connector)
    {
        using var row = new LoopbackRow(3);
        row.Listen(1);

        var seen = await FrameworkProcess.RunAsync("scan", connector, "127.0.0.1", row.Range);

        const string closed = "Closed ConnectionRefused ECONNREFUSED";
        var (before, open, after) = (row.First, row.First + 1, row.First + 2);
        Assert.Equal($"{NameOf(connector)} {before} {closed}, {open} Open Connected, {after} {closed}", seen);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("portable")]
    public async Task A_host_is_reported(string connector)
    {
        using var row = new LoopbackRow(3);
        row.Listen(2);

        var seen = await FrameworkProcess.RunAsync("find", connector, "127.0.0.1", row.Range);

        Assert.Equal(
            $"127.0.0.1 Up (Connected), 1 of 3 ports open ({row.First + 2}); "
            + "2 Closed: ECONNREFUSED, 1 Open: Connected",
            seen);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("portable")]
    public async Task A_port_is_waited_for(string connector)
    {
        using var port = LoopbackPort.Closed();
        using var process = FrameworkProcess.Start("wait", connector, "127.0.0.1", $"{port.Number}");

        Assert.Equal("closed", await process.ReadAsync());
        port.Listen();

        Assert.Equal($"True {port.Number} Open Connected", await process.EndAsync());
    }

    [Theory]
    [InlineData("native")]
    [InlineData("portable")]
    public async Task Latency_is_measured(string connector)
    {
        using var port = LoopbackPort.Open();

        var seen = await FrameworkProcess.RunAsync("latency", connector, "127.0.0.1", $"{port.Number}", "5");

        Assert.Equal("5 of 5 Open, in order", seen);
    }

    [Fact]
    public async Task Ports_are_probed_over_UDP()
    {
        // Twice: Mono's ReceiveAsync does not pass SocketFlags.Peek on, and takes a datagram where it is to look at it.
        using var server = DnsPeer.Start(static (question, _) => [Answer(question), Answer(question)]);
        // Nobody else can take its port, and it takes datagrams of nobody but itself: the system refuses all others.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        closed.Connect(closed.LocalEndPoint!);
        var refused = ((IPEndPoint)closed.LocalEndPoint!).Port;

        var seen = await FrameworkProcess.RunAsync("udp", "127.0.0.1", $"{server.EndPoint.Port},{refused}", "dns");

        Assert.Contains($"{refused} Closed PortUnreachable ECONNREFUSED", seen);
        Assert.Contains($"{server.EndPoint.Port} Open Replied", seen);

        static byte[] Answer(byte[] question) => DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.7"));
    }

    [Theory]
    [InlineData("native", "localhost")]
    [InlineData("portable", "localhost")]
    [InlineData("native", "127.0.0.1")]
    [InlineData("portable", "127.0.0.1")]
    public async Task Names_lead_to_addresses_and_addresses_to_names(string resolver, string host)
    {
        var seen = (await FrameworkProcess.RunAsync("host", resolver, host)).Split("; ");

        // What this computer's hosts file says besides is its own affair; the runtime of the tests reads the same.
        var lookup = new HostLookup(new HostResolver(), new HostLookupOptions { Reverse = true });
        var here = await lookup.FindAsync(HostTarget.Parse(host), Test);
        Assert.Equal(here.HostName, seen[0]);
        Assert.Contains("127.0.0.1", seen[1].Split(", "));
        Assert.Contains("localhost", seen[2].Split(", "));
        Assert.Equal("True", seen[3]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_DNS_server_is_asked(bool overTcp)
    {
        // The library that reads the answer is loaded from a folder of its own.
        using var server = DnsPeer
            .Start(question => overTcp ? Truncated(question) : Answer(question))
            .AnswersOverTcp(Answer);

        var seen = await FrameworkProcess.RunAsync("dns", $"{server.EndPoint.Port}", "www.example.test", "A");

        Assert.Equal("www.example.test 60 CNAME web1.example.test.; web1.example.test 60 A 192.0.2.7", seen);
        Assert.Equal(overTcp ? 1 : 0, server.StreamQuestions.Count);

        static byte[] Truncated(byte[] question) =>
            DnsMessages.Answer(question).With(static message => message[2] |= 2);

        static byte[] Answer(byte[] question) => DnsMessages.Answer(
            question, 0, DnsMessages.Cname("web1.example.test"), DnsMessages.A("192.0.2.7", "web1.example.test"));
    }

    [Theory]
    [InlineData("service", "ssh", "ssh 22/tcp")]
    [InlineData("protocol", "6", "tcp 6")]
    [InlineData("address", "192.0.2.17/28",
        "192.0.2.17/28; 192.0.2.17; 3221226001; 17.2.0.192.in-addr.arpa; Documentation; ::ffff:192.0.2.17")]
    [InlineData("address", "2001:db8::7",
        "2001:db8::7; 2001:0db8:0000:0000:0000:0000:0000:0007; 42540766411282592856903984951653826567; "
        + "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa; Documentation; ")]
    public async Task Numbers_have_names(string job, string asked, string expected)
    {
        var seen = await FrameworkProcess.RunAsync(job, asked);

        // The system's database may have ssh for udp as well.
        Assert.Equal(expected, job == "service" ? seen.Split("; ")[0] : seen);
    }

    [Theory]
    [InlineData("tcp", "Open IPv4 Stream; +PONG; 12345; bye PeerClosed PeerClosed; 11 sent, 15 received, Closed")]
    [InlineData("tls", "Open IPv4 Stream Tls12; +PONG; 12345; bye PeerClosed PeerClosed; 11 sent, 15 received, Closed")]
    public async Task A_connection_is_opened_sends_receives_and_is_closed(string kind, string expected)
    {
        using var certificate = TestCertificate.SelfSignedRsa("localhost");
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            if (kind == "tls")
                await connection.SecureAsync(certificate);
            Assert.Equal("PING\r\n"u8.ToArray(), await connection.ReadAsync(6));
            await connection.SendAsync("+PONG\r\n");
            await connection.SendAsync(await connection.ReadAsync(5));
            await connection.WaitForCloseAsync();
            await connection.SendAsync("bye");
            if (kind == "tls")
                await connection.EndTlsAsync();
        });

        Assert.Equal(expected, await FrameworkProcess.RunAsync("client", kind, $"{peer.Port}"));
    }

    [Fact]
    public async Task A_datagram_goes_and_one_comes()
    {
        using var peer = UdpPeer.Start(IPAddress.Loopback);
        var answering = peer.AnswerAsync(static _ => "+PONG\r\n"u8.ToArray());

        var seen = await FrameworkProcess.RunAsync("client", "udp", $"{peer.EndPoint.Port}");

        Assert.Equal("Open IPv4 Datagram; +PONG; 6 sent, 7 received, Closed", seen);
        Assert.Equal("PING\r\n"u8.ToArray(), await answering);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_page_is_got(string scheme)
    {
        using var certificate = TestCertificate.SelfSignedRsa("localhost");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write("hello"u8);
        var head = "";
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            if (scheme == "https")
                await connection.SecureAsync(certificate);
            head = await connection.ReadHeadAsync();
            await connection.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                + $"{packed.Length:x}\r\n{Encoding.Latin1.GetString(packed.ToArray())}\r\n0\r\n\r\n");
            if (scheme == "https")
                await connection.EndTlsAsync();
        });

        var seen = await FrameworkProcess.RunAsync("http", $"{scheme}://127.0.0.1:{peer.Port}/small?a=b");

        Assert.Equal("HTTP/1.1 200 OK; 2 chunks; hello; True; []", seen);
        Assert.Equal($"GET /small?a=b HTTP/1.1\r\nHost: 127.0.0.1:{peer.Port}\r\nConnection: close\r\n\r\n", head);
    }

    [Fact]
    public async Task The_TLS_of_a_server_is_looked_at()
    {
        using var certificate = TestCertificate.SelfSignedRsa("localhost");
        await using var peer = TlsPeer.Start(certificate);

        var seen = (await FrameworkProcess.RunAsync("tls", $"{peer.Port}")).Split("; ");

        Assert.Matches(@"\ATls12 TLS_\w+\z", seen[0]);
        Assert.Equal(
            ["CN=localhost", "localhost", "RSA 2048", certificate.Thumbprint, "True", "False SelfSigned"], seen[1..]);
    }

    [Fact]
    public async Task The_versions_of_a_server_are_asked_for()
    {
        using var certificate = TestCertificate.SelfSignedRsa("localhost");
        await using var peer = TlsPeer.Start(certificate, versions: SslProtocols.Tls12);

        var seen = await FrameworkProcess.RunAsync("tls-versions", $"{peer.Port}");

        Assert.Equal("Ssl3 Refused, Tls10 Refused, Tls11 Refused, Tls12 Accepted, Tls13 Refused", seen);
    }

    [Theory]
    [InlineData("Automatic", "echo", "hello\r\nyou\r\n", "hello\r\nyou\r\n")]
    [InlineData("Portable", "echo", "hello\r\nyou\r\n", "hello\r\nyou\r\n")]
    [InlineData("Streams", "echo", "hello\r\nyou\r\n", "hello\r\nyou\r\n")]
    [InlineData("Automatic", "reply", "hello\r\nyou\r\n", "+OK\r\n+OK\r\n")]
    [InlineData("Portable", "reply", "hello\r\nyou\r\n", "+OK\r\n+OK\r\n")]
    public async Task A_server_serves(string engine, string handler, string sent, string expected)
    {
        using var process = FrameworkProcess.Start("server", engine, handler);
        var port = await PortAsync(process);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Test);
        var received = await TalkAsync(client.GetStream(), sent, () => client.Client.Shutdown(SocketShutdown.Send));
        using var datagrams = new UdpClient("127.0.0.1", port);
        await datagrams.SendAsync("hello"u8.ToArray(), Test);
        var datagram = (await datagrams.ReceiveAsync(Test).AsTask().WaitAsync(Hang, Test)).Buffer;

        Assert.Equal(expected, received);
        Assert.Equal(handler == "echo" ? "hello" : "+OK\r\n", Encoding.ASCII.GetString(datagram));
        // Nothing ends a UDP client but the server's end, or time.
        Assert.Equal(
            $"{LoopOf(engine)}; Tcp ClientClosed, Udp Stopped; {sent.Length + 5} bytes in, {expected.Length + 5} out, "
            + "1 datagrams in, 1 out, 0 errors, Stopped",
            await process.EndAsync());
    }

    [Theory]
    [InlineData("Automatic")]
    [InlineData("Portable")]
    public async Task A_server_serves_over_TLS(string engine)
    {
        using var certificate = TestCertificate.SelfSignedRsa("localhost");
        using var file = new CertificateFile(certificate);
        using var process = FrameworkProcess.Start("server", engine, "echo", file.Path);
        var port = await PortAsync(process);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Test);
        var thumbprint = certificate.Thumbprint;
        await using var tls = new SslStream(
            client.GetStream(), false, (_, shown, _, _) => shown!.GetCertHashString() == thumbprint);
        await tls.AuthenticateAsClientAsync("localhost").WaitAsync(Hang, Test);
        Assert.Equal(SslProtocols.Tls12, tls.SslProtocol);
        Assert.Equal("hello", await TalkAsync(tls, "hello", () => tls.ShutdownAsync().GetAwaiter().GetResult()));

        Assert.Equal(
            $"{LoopOf(engine)}; Tcp ClientClosed; 5 bytes in, 5 out, 0 datagrams in, 0 out, 0 errors, Stopped",
            await process.EndAsync());
    }

    [Theory]
    [InlineData("Automatic")]
    [InlineData("Portable")]
    public async Task A_server_answers_HTTP(string engine)
    {
        using var process = FrameworkProcess.Start("server", engine, "http");
        var port = await PortAsync(process);
        using (var http = new HttpClient { Timeout = Hang })
            Assert.Equal("hi", await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/echo?msg=hi"), Test));

        var seen = await process.EndAsync();

        Assert.StartsWith($"{LoopOf(engine)}; Tcp ClientClosed; ", seen);
        Assert.EndsWith("0 errors, Stopped", seen);
    }

    private static string NameOf(string connector) =>
        connector == "native" && LinuxSockets.IsSupported ? "epoll" : "SocketAsyncEventArgs";

    private static string LoopOf(string engine) =>
        engine != "Portable" && LinuxSockets.IsSupported ? "epoll" : "select";

    private static async Task<int> PortAsync(FrameworkProcess process)
    {
        var words = (await process.ReadAsync()).Split(' ');
        Assert.Equal("listening", words[0]);
        return int.Parse(words[1], CultureInfo.InvariantCulture);
    }

    // Everything that comes back.
    private static async Task<string> TalkAsync(Stream stream, string sent, Action end)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), Test);
        end();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        return await reader.ReadToEndAsync(Test).WaitAsync(Hang, Test);
    }

    /// <summary>A certificate with its key, in a file that other libraries can read, too.</summary>
    private sealed class CertificateFile : IDisposable
    {
        public CertificateFile(X509Certificate2 certificate) =>
            File.WriteAllBytes(Path, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1, "test"));

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
