using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A DNS server of the test's own, on one port of UDP and, if asked for, of TCP.</summary>
internal sealed class DnsPeer : IDisposable
{
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _over = new();
    private readonly Socket _tcp;

    // The port is held for both from the start, so that no other test takes one of the two.
    private DnsPeer()
    {
        for (; ; _tcp.Dispose())
        {
            _tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                _udp.Bind(_tcp.LocalEndPoint!);
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
    }

    public IPEndPoint EndPoint => (IPEndPoint)_udp.LocalEndPoint!;

    /// <summary>The messages that came by datagram, with the port that each came from.</summary>
    public ConcurrentQueue<(byte[] Message, int Port)> Questions { get; } = new();

    /// <summary>The questions among them, each once: where an answer takes long on a busy machine, the same message comes
    /// again, from the same port.</summary>
    public IReadOnlyList<(byte[] Message, int Port)> Asked =>
        [.. Questions.DistinctBy(static asked => (asked.Port, asked.Message[0], asked.Message[1]))];

    /// <summary>The messages that came over TCP.</summary>
    public ConcurrentQueue<byte[]> StreamQuestions { get; } = new();

    /// <summary>Answers every question, by its number from 0, with none, one or several datagrams.</summary>
    public static DnsPeer Start(Func<byte[], int, IEnumerable<byte[]>> answers)
    {
        var peer = new DnsPeer();
        _ = peer.ServeAsync((question, number, from) =>
        {
            foreach (var answer in answers(question, number))
                peer._udp.SendTo(answer, from);
        });
        return peer;
    }

    /// <summary>Answers every question with one datagram.</summary>
    public static DnsPeer Start(Func<byte[], byte[]> answer) => Start((question, _) => [answer(question)]);

    /// <summary>Does with every question what the test says.</summary>
    public static DnsPeer Start(Action<byte[], IPEndPoint> serve)
    {
        var peer = new DnsPeer();
        _ = peer.ServeAsync((question, _, from) => serve(question, from));
        return peer;
    }

    /// <summary>Answers over TCP as well, on the same port.</summary>
    public DnsPeer AnswersOverTcp(Func<byte[], byte[]> answer)
    {
        _tcp.Listen();
        _ = ServeStreamsAsync(answer);
        return this;
    }

    public void Dispose()
    {
        _over.Cancel();
        _udp.Dispose();
        _tcp.Dispose();
        _over.Dispose();
    }

    private async Task ServeAsync(Action<byte[], int, IPEndPoint> serve)
    {
        var buffer = new byte[65535];
        try
        {
            for (var number = 0; ; number++)
            {
                var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _over.Token);
                var from = (IPEndPoint)received.RemoteEndPoint;
                var question = buffer[..received.ReceivedBytes];
                Questions.Enqueue((question, from.Port));
                serve(question, number, from);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeStreamsAsync(Func<byte[], byte[]> answer)
    {
        try
        {
            while (true)
            {
                using var stream = new NetworkStream(await _tcp.AcceptAsync(_over.Token), ownsSocket: true);
                var length = new byte[2];
                await stream.ReadExactlyAsync(length, _over.Token);
                var question = new byte[(length[0] << 8) | length[1]];
                await stream.ReadExactlyAsync(question, _over.Token);
                StreamQuestions.Enqueue(question);
                var message = answer(question);
                await stream.WriteAsync(new[] { (byte)(message.Length >> 8), (byte)message.Length }, _over.Token);
                await stream.WriteAsync(message, _over.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException or System.IO.IOException)
        {
        }
    }
}
