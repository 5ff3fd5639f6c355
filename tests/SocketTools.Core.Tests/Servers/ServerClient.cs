using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A client of a server under test, over plain TCP or TLS.</summary>
internal sealed class ServerClient : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private ServerClient(Socket socket, Stream stream)
    {
        Socket = socket;
        Stream = stream;
    }

    public Socket Socket { get; }

    public Stream Stream { get; }

    public static Task<ServerClient> ConnectAsync(SocketServer server) => ConnectAsync(
        new IPEndPoint(IPAddress.Parse(server.ComputerName), server.Port),
        server.Certificate is { } expected ? shown => shown.GetCertHashString() == expected.GetCertHashString() : null);

    /// <summary>Connects, over TLS when there is something to say about certificates.</summary>
    public static async Task<ServerClient> ConnectAsync(IPEndPoint server, Func<X509Certificate, bool>? trusts)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (trusts is not null)
        {
            var tls = new SslStream(stream, false, (_, certificate, _, _) => trusts(certificate!));
            // TLS 1.2: a session ticket of TLS 1.3 that is being read when the client ends its side makes OpenSSL refuse the latter.
            await tls.AuthenticateAsClientAsync("localhost", null, SslProtocols.Tls12, checkCertificateRevocation: false).WaitAsync(Hang);
            stream = tls;
        }
        return new ServerClient(socket, stream);
    }

    public async Task SendAsync(byte[] bytes) => await Stream.WriteAsync(bytes).AsTask().WaitAsync(Hang);

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Hang);
        return bytes;
    }

    /// <summary>Says that all is said.</summary>
    public async Task EndAsync()
    {
        if (Stream is SslStream tls)
            await tls.ShutdownAsync();
        Socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Everything until the server ends the connection, and whether it reset it.</summary>
    public async Task<(byte[] Bytes, bool IsReset)> ReadToEndAsync()
    {
        var all = new List<byte>();
        var buffer = new byte[65536];
        try
        {
            int count;
            while ((count = await Stream.ReadAsync(buffer).AsTask().WaitAsync(Hang)) > 0)
                all.AddRange(buffer[..count]);
            return ([.. all], false);
        }
        catch (IOException)
        {
            return ([.. all], true);
        }
    }

    /// <summary>Sends all, says so, and gives what comes back.</summary>
    public async Task<byte[]> ExchangeAsync(byte[] sent)
    {
        var sending = Task.Run(async () =>
        {
            await SendAsync(sent);
            await EndAsync();
        });
        var (bytes, _) = await ReadToEndAsync();
        await sending;
        return bytes;
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public void Dispose() => Stream.Dispose();
}
