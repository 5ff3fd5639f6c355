using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A socket for the echo requests of one address family to many hosts at once.</summary>
internal sealed class EchoSocket : IDisposable
{
    private const int MostFaults = 100;
    private const int BufferBytes = 1 << 20;

    private readonly Socket _socket;
    private readonly AddressFamily _family;
    private readonly IPEndPoint _any;
    private readonly ushort _identifier;
    private readonly long _token = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 8);
    private readonly ConcurrentDictionary<ushort, Pending> _pending = new();
    private int _lastSequence;

    private EchoSocket(Socket socket)
    {
        _socket = socket;
        _family = socket.AddressFamily;
        _any = new IPEndPoint(_family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        _identifier = (ushort)_token;
        _ = ReceiveAsync();
    }

    public SocketType Type => _socket.SocketType;

    /// <summary>Opens a socket of the kind that this process may have: Linux (ping_group_range) and macOS give one that
    /// receives its own replies only, and root has the other; null when it may have neither.</summary>
    public static EchoSocket? TryOpen(IPAddress source)
    {
        foreach (var type in new[] { SocketType.Dgram, SocketType.Raw })
        {
            if (TryBind(type, source) is { } socket)
                return new EchoSocket(socket);
        }
        return null;
    }

    public async Task<double?> AskAsync(IPAddress address, TimeSpan timeout, CancellationToken cancellation)
    {
        var pending = new Pending(address);
        var sequence = Enter(pending);
        try
        {
            if (!TrySend(address, sequence))
                return null;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(pending.Replied.Task, Task.Delay(timeout, over.Token)).ConfigureAwait(false);
            over.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return pending.Replied.Task.Status == TaskStatus.RanToCompletion ? pending.Replied.Task.Result : null;
        }
        finally
        {
            _pending.TryRemove(sequence, out _);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static Socket? TryBind(SocketType type, IPAddress source)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(source.AddressFamily, type, source.AddressFamily == AddressFamily.InterNetworkV6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp)
            {
                Blocking = false,
                // What waits for a host that is not there counts against the buffer until its link gives up.
                SendBufferSize = BufferBytes,
                ReceiveBufferSize = BufferBytes,
            };
            socket.Bind(new IPEndPoint(source, 0));
            return socket;
        }
        catch (SocketException)
        {
            // Not of this kind, or not from this address; connects find hosts all the same.
            socket?.Dispose();
            return null;
        }
    }

    private ushort Enter(Pending pending)
    {
        ushort sequence;
        do
            sequence = (ushort)Interlocked.Increment(ref _lastSequence);
        while (!_pending.TryAdd(sequence, pending));
        return sequence;
    }

    private bool TrySend(IPAddress address, ushort sequence)
    {
        try
        {
            _socket.SendTo(EchoMessage.Write(_family, _identifier, sequence, _token), new IPEndPoint(address, 0));
            return true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // No route, no room, or the address of a whole network: connects tell which.
            return false;
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new ArraySegment<byte>(new byte[1024]);
        for (var faults = 0; faults < MostFaults;)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _any).ConfigureAwait(false);
                Take(buffer.Array!, received.ReceivedBytes, received.RemoteEndPoint);
                faults = 0;
                while (_socket.Available > 0)
                {
                    EndPoint from = _any;
                    var count = _socket.ReceiveFrom(buffer.Array!, ref from);
                    Take(buffer.Array!, count, from);
                }
            }
            catch (SocketException)
            {
                faults++;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    // A reply counts only when it comes from the host that was asked.
    private void Take(byte[] received, int count, EndPoint from)
    {
        if (EchoMessage.TryReadReply(_family, received, count, _token, out var sequence) &&
            _pending.TryGetValue(sequence, out var pending) && pending.IsFrom(((IPEndPoint)from).Address))
            pending.Replied.TrySetResult((Stopwatch.GetTimestamp() - pending.SentAt) * 1000.0 / Stopwatch.Frequency);
    }

    private sealed class Pending
    {
        private readonly byte[] _address;

        public Pending(IPAddress address) => _address = address.GetAddressBytes();

        public long SentAt { get; } = Stopwatch.GetTimestamp();

        public TaskCompletionSource<double> Replied { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Without the zone, which who asks may leave out.
        public bool IsFrom(IPAddress address) => System.Linq.Enumerable.SequenceEqual(_address, address.GetAddressBytes());
    }
}
