using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Asks over TCP, where a message follows its length in two bytes (RFC 7766 section 8).</summary>
internal static class DnsStream
{
    /// <summary>The message that came, whatever it answers.</summary>
    /// <exception cref="SocketException">The connection failed, or ended before the message did.</exception>
    public static async Task<byte[]> AskAsync(IPEndPoint server, byte[] message, Deadline deadline, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        WindowsConnect.TellAtOnce(socket);
        using var guard = deadline.Guard(socket.Dispose, cancellation);
        try
        {
            await Task.Factory.FromAsync(socket.BeginConnect, socket.EndConnect, server, null).ConfigureAwait(false);
            var framed = new byte[message.Length + 2];
            framed[0] = (byte)(message.Length >> 8);
            framed[1] = (byte)message.Length;
            Buffer.BlockCopy(message, 0, framed, 2, message.Length);
            await socket.SendAsync(new ArraySegment<byte>(framed), SocketFlags.None).ConfigureAwait(false);
            var length = await ReadAsync(socket, 2).ConfigureAwait(false);
            return await ReadAsync(socket, (length[0] << 8) | length[1]).ConfigureAwait(false);
        }
        catch (Exception) when (guard.HasFired)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = await socket.ReceiveAsync(new ArraySegment<byte>(bytes, read, count - read), SocketFlags.None).ConfigureAwait(false);
            if (more == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            read += more;
        }
        return bytes;
    }
}
