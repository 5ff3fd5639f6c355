using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A UDP socket of the test's own that answers when the test says so.</summary>
internal sealed class UdpPeer : IDisposable
{
    private readonly Socket _socket;

    private UdpPeer(IPAddress address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>How many datagrams are there to be taken.</summary>
    public int Waiting
    {
        get
        {
            var count = 0;
            for (var buffer = new byte[65535]; _socket.Available > 0; count++)
                _socket.Receive(buffer);
            return count;
        }
    }

    public static UdpPeer Start(IPAddress address) => new(address);

    /// <summary>Takes a datagram and sends what the test makes of it.</summary>
    /// <returns>What came.</returns>
    public Task<byte[]> AnswerAsync(Func<byte[], byte[]> answer) =>
        AnswerAsync((request, client) => SendAsync(answer(request), client));

    /// <inheritdoc cref="AnswerAsync(Func{byte[], byte[]})"/>
    public async Task<byte[]> AnswerAsync(Func<byte[], IPEndPoint, Task> answer)
    {
        var buffer = new byte[65535];
        var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(EndPoint.Address, 0));
        var request = buffer[..received.ReceivedBytes];
        await answer(request, (IPEndPoint)received.RemoteEndPoint);
        return request;
    }

    /// <summary>Takes a datagram and keeps silent.</summary>
    public Task IgnoreAsync() => AnswerAsync(static (_, _) => Task.CompletedTask);

    public async Task SendAsync(byte[] bytes, IPEndPoint to) => await _socket.SendToAsync(bytes, SocketFlags.None, to);

    public void Dispose() => _socket.Dispose();
}
