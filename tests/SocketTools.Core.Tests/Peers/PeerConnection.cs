using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>The server's end of one connection.</summary>
internal sealed class PeerConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly Task _over;
    private Stream _stream;
    private TlsTap? _tap;

    /// <param name="socket">The connection, which is this object's own from now on.</param>
    /// <param name="over">Ends with the peer.</param>
    public PeerConnection(Socket socket, Task over)
    {
        _socket = socket;
        _over = over;
        if (socket.AddressFamily != AddressFamily.Unix)
            _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: false);
    }

    public Task SendAsync(string latin1) => SendAsync(Encoding.Latin1.GetBytes(latin1));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    public async Task SendByteByByteAsync(string latin1)
    {
        foreach (var b in Encoding.Latin1.GetBytes(latin1))
            await _stream.WriteAsync(new[] { b });
    }

    /// <summary>Everything up to and with the first empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(one) == 1)
            text.Append((char)one[0]);
        return text.ToString();
    }

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Keeps the connection open and reads nothing, until the test is over with its peer.</summary>
    public Task HoldAsync() => _over;

    /// <summary>Ends when the client has read all that was sent; Linux tells.</summary>
    public async Task WaitUntilReadAsync(CancellationToken cancellation)
    {
        var (here, there) = ((IPEndPoint)_socket.LocalEndPoint!, (IPEndPoint)_socket.RemoteEndPoint!);
        while (Unread(here, there, isSent: true) + Unread(there, here, isSent: false) > 0)
            await Task.Delay(5, cancellation);
    }

    /// <summary>Ends when the client has closed or reset.</summary>
    public async Task WaitForCloseAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is a close too.
        }
    }

    public Task SecureAsync(X509Certificate2 certificate) => SecureAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate });

    public async Task SecureAsync(SslServerAuthenticationOptions options)
    {
        _tap = new TlsTap(_stream);
        var secure = new SslStream(_tap);
        await secure.AuthenticateAsServerAsync(options);
        _stream = secure;
    }

    /// <summary>Whether TLS has told the end of what the client sends (close_notify), which comes before the connection's.</summary>
    public async Task<bool> IsToldTheEndAsync() => await _stream.ReadAsync(new byte[1]) == 0 && _tap is { HasEnded: false };

    /// <summary>Sends past TLS.</summary>
    public async Task SendBareAsync(byte[] bytes) => await _socket.SendAsync(bytes);

    /// <summary>Tells the client the end of TLS.</summary>
    public Task EndTlsAsync() => ((SslStream)_stream).ShutdownAsync();

    /// <summary>Closes with RST instead of FIN.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    // As proc(5) has it: two end points in hexadecimal, then the bytes under way from here and those that wait here.
    private static long Unread(IPEndPoint local, IPEndPoint remote, bool isSent)
    {
        var row = File.ReadLines("/proc/self/net/tcp").Skip(1).Concat(File.ReadLines("/proc/self/net/tcp6").Skip(1))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => Port(words[1]) == local.Port && Port(words[2]) == remote.Port);
        return row is null ? 0 : Convert.ToInt64(row[4].Split(':')[isSent ? 0 : 1], 16);

        static int Port(string endPoint) => Convert.ToInt32(endPoint.Split(':')[1], 16);
    }
}
