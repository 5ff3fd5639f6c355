using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Several addresses, families and protocols of one server, with everything that it can do with its clients.</summary>
public sealed class ServerAddressTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly SocketServer _target = SocketServer.Start(new ServerOptions { Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp] });

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, bool>();
            foreach (var handler in (string[])["echo", "script", "http", "forward", "accept"])
                foreach (var usesTls in (bool[])[false, true])
                    foreach (var isDual in (bool[])[true, false])
                        cases.Add(handler, usesTls, isDual);
            return cases;
        }
    }

    public void Dispose() => _target.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public async Task Clients_of_both_families_are_served(string handler, bool usesTls, bool isDual)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this system has no IPv6");
        using var server = SocketServer.Start(new ServerOptions
        {
            Handler = Handler(handler),
            Addresses = isDual ? [IPAddress.IPv6Any] : [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.7")],
            Certificate = usesTls ? TestCertificate.SelfSigned("localhost") : null,
        });
        var accepting = handler == "accept" ? Task.Run(() => Accept(server, 3), Test) : Task.CompletedTask;

        foreach (var address in (string[])["127.0.0.1", "::1", "127.0.0.7"])
            Assert.Equal(handler == "http" ? "HTTP/1.1 200 OK" : "hello", await AskAsync(IPAddress.Parse(address), server, handler == "http" ? "GET /healthz HTTP/1.1\r\n\r\n" : "hello\r\n"));

        await accepting.WaitAsync(Hang, Test);
        Assert.Equal(["127.0.0.1", "::1", "127.0.0.1"], server.Connections.Select(static record => record.ComputerName));
        Assert.Equal(0, server.Errors);
    }

    [Theory, InlineData("echo"), InlineData("forward")]
    public async Task Both_protocols_have_one_port_on_several_addresses_beside_TLS(string handler)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this system has no IPv6");
        using var server = SocketServer.Start(new ServerOptions
        {
            Handler = Handler(handler),
            Protocols = [TransportProtocol.Udp, TransportProtocol.Tcp],
            Addresses = [IPAddress.Any, IPAddress.IPv6Any],
            Certificate = TestCertificate.SelfSigned("localhost"),
        });

        Assert.Equal([$"udp 0.0.0.0:{server.Port}", $"udp [::]:{server.Port}", $"tcp 0.0.0.0:{server.Port}", $"tcp [::]:{server.Port}"], server.EndPoints);
        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            using var udp = new UdpClient(address.AddressFamily);
            await udp.SendAsync(new byte[] { 1 }, new IPEndPoint(address, server.Port), Test);
            Assert.Equal([1], (await udp.ReceiveAsync(Test).AsTask().WaitAsync(Hang, Test)).Buffer);
            Assert.Equal("hello", await AskAsync(address, server, "hello\r\n"));
        }
        Assert.Equal(4, server.Connections.Count);
    }

    private ServerHandler Handler(string name) => name switch
    {
        "script" => new ScriptHandler((connection, stop) => Task.Run(() => EchoLine(connection), stop)),
        "http" => new HttpHandler(null),
        "forward" => new ForwardHandler(new HostTarget("127.0.0.1", _target.Port)),
        "accept" => new AcceptHandler(),
        _ => new EchoHandler(),
    };

    private static void Accept(SocketServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var connection = server.Accept(new WaitLimit(30_000, Test))!;
            EchoLine(connection);
        }
    }

    private static void EchoLine(SocketConnection connection)
    {
        var line = connection.Receive(new LineRule(Encoding.UTF8), 1000, new WaitLimit(30_000, Test)).Bytes!;
        byte[] answer = [.. line, (byte)'\r', (byte)'\n'];
        connection.Send(answer, answer.Length, null, new WaitLimit(30_000, Test));
    }

    // The first line of the answer.
    private static async Task<string> AskAsync(IPAddress address, SocketServer server, string request)
    {
        using var tcp = new TcpClient(address.AddressFamily);
        await tcp.ConnectAsync(address, server.Port, Test);
        await using var tls = server.Certificate is { } expected ? new SslStream(tcp.GetStream(), false, (_, shown, _, _) => shown!.GetCertHashString() == expected.GetCertHashString()) : null;
        if (tls is not null)
            await tls.AuthenticateAsClientAsync("localhost", null, SslProtocols.None, checkCertificateRevocation: false).WaitAsync(Hang, Test);
        var stream = tls ?? (System.IO.Stream)tcp.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), Test);
        var line = new List<byte>();
        for (var one = new byte[1]; line.Count == 0 || line[^1] != '\n'; line.Add(one[0]))
            await stream.ReadExactlyAsync(one, Test).AsTask().WaitAsync(Hang, Test);
        return Encoding.UTF8.GetString([.. line]).TrimEnd();
    }
}
