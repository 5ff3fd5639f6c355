using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Echo requests by sockets of this process's own, one a family.</summary>
internal sealed class SocketEcho : IHostEcho
{
    private readonly EchoSocket? _v4;
    private readonly EchoSocket? _v6;

    private SocketEcho(EchoSocket? v4, EchoSocket? v6)
    {
        _v4 = v4;
        _v6 = v6;
    }

    public string Name => (_v4 ?? _v6)!.Type == SocketType.Raw ? "ICMP echo (raw socket)" : "ICMP echo (datagram socket)";

    public static SocketEcho? TryCreate(IPAddress? source)
    {
        var v4 = source?.AddressFamily == AddressFamily.InterNetworkV6 ? null : EchoSocket.TryOpen(source ?? IPAddress.Any);
        var v6 = source?.AddressFamily == AddressFamily.InterNetwork ? null : EchoSocket.TryOpen(source ?? IPAddress.IPv6Any);
        return v4 is null && v6 is null ? null : new SocketEcho(v4, v6);
    }

    public Task<double?> AskAsync(IPAddress address, TimeSpan timeout, CancellationToken cancellation) =>
        (address.AddressFamily == AddressFamily.InterNetworkV6 ? _v6 : _v4)?.AskAsync(address, timeout, cancellation)
        ?? Task.FromResult<double?>(null);

    public void Dispose()
    {
        _v4?.Dispose();
        _v6?.Dispose();
    }
}
