using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What servers do.</summary>
internal static class ServerJobs
{
    /// <summary><c>ENGINE HANDLER [CERTIFICATE]</c>: prints a line <c>listening PORT</c>, serves until its input ends,
    /// and prints what it has counted. HANDLER is echo, http, or reply, over UDP as well without TLS and HTTP;
    /// CERTIFICATE is a file in PKCS #12 whose password is <c>test</c>.</summary>
    public static async Task<string> ServeAsync(string[] arguments)
    {
        ServerHandler handler = arguments[1] switch
        {
            "echo" => new EchoHandler(),
            "http" => new HttpHandler(null),
            "reply" => new ReplyHandler(Encoding.ASCII.GetBytes("+OK\r\n"), ReplyPer.Line),
            var other => throw new ArgumentException($"'{other}' is not a handler.", nameof(arguments)),
        };
        var hasCertificate = arguments.Length > 2;
        var takesDatagrams = !hasCertificate && handler is not HttpHandler;
        using var server = SocketServer.Start(new ServerOptions
        {
            Engine = (ServerEngine)Enum.Parse(typeof(ServerEngine), arguments[0]),
            Handler = handler,
            Protocols = takesDatagrams ? [TransportProtocol.Tcp, TransportProtocol.Udp] : [TransportProtocol.Tcp],
            Certificate = hasCertificate ? new X509Certificate2(arguments[2], "test") : null,
        });
        Console.WriteLine($"listening {server.Port}");
        await Console.In.ReadToEndAsync();
        await server.StopAsync(drainMilliseconds: 30_000);
        var ends = server.Connections.Select(
            static connection => $"{connection.Protocol} {connection.End} {connection.ErrorMessage}".TrimEnd());
        return $"{server.LoopName}; {string.Join(", ", ends)}; "
            + $"{server.BytesReceived} bytes in, {server.BytesSent} out, "
            + $"{server.DatagramsReceived} datagrams in, {server.DatagramsSent} out, "
            + $"{server.Errors} errors, {server.State}";
    }
}
