using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>Opens the connection that requests go over, on the caller's thread, and takes the time of each step.</summary>
internal sealed class HttpDialer
{
    private readonly HostResolver _resolver;
    private readonly Uri _uri;
    private readonly RawHttpOptions _options;
    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellation;
    private readonly HostTarget _target;
    private long _lap = Stopwatch.GetTimestamp();
    private IPEndPoint? _peer;
    private double? _resolveMs;
    private double? _connectMs;
    private double? _proxyMs;

    /// <param name="resolver">Who looks names up.</param>
    /// <param name="uri">The URL that is asked for.</param>
    /// <param name="options">Where to connect in its place, and how.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellation">Stops soon.</param>
    public HttpDialer(HostResolver resolver, Uri uri, RawHttpOptions options, Deadline deadline, CancellationToken cancellation)
    {
        _resolver = resolver;
        _uri = uri;
        _options = options;
        _deadline = deadline;
        _cancellation = cancellation;
        _target = new HostTarget(options.ConnectTo?.ComputerName ?? HttpUrl.HostOf(uri), options.ConnectTo?.Port ?? uri.Port);
    }

    /// <summary>The connection, which the caller owns.</summary>
    /// <exception cref="SocketToolsException">It could not be opened.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public HttpLink Open()
    {
        var socket = _options.UnixPath is null ? ConnectTcp(_options.Proxy?.Target ?? _target) : ConnectUnix();
        _connectMs = Lap();
        try
        {
            if (!DescriptorBudget.Admits(socket))
                throw SocketDialer.NoConnection(_target.ToString(), _target.ToString(), SocketError.TooManyOpenSockets);
            return Complete(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket ConnectUnix() => SocketConnector.OpenUnixAsync(
        new ConnectOptions { UnixPath = _options.UnixPath }, _options.UnixPath!, _deadline, _cancellation).GetAwaiter().GetResult();

    private Socket ConnectTcp(HostTarget target)
    {
        if (_options.Family == AddressFamily.Unspecified && HostTarget.TryParseAddress(target.ComputerName, out var address))
            return Connect(target, address);
        var addresses = _resolver.GetAddressesAsync(target.ComputerName, _options.Family, _deadline.Remaining, _cancellation).GetAwaiter().GetResult();
        if (!HostTarget.TryParseAddress(target.ComputerName, out _))
            _resolveMs = Lap();
        return addresses.Count == 1
            ? Connect(target, addresses[0])
            : new SocketDialer(_resolver).ConnectAsync(target, addresses, _deadline, _cancellation).GetAwaiter().GetResult();
    }

    // One address needs no race: a connect on this thread spares two changes of threads.
    private Socket Connect(HostTarget target, IPAddress address) =>
        new SocketDialer(_resolver).Connect(target, _peer = new IPEndPoint(SocketDialer.Reachable(address), target.Port!.Value), _deadline, _cancellation);

    private HttpLink Complete(Socket socket)
    {
        var transport = new SocketStream(socket);
        transport.ReadLimit = transport.WriteLimit = new WaitLimit(_deadline, _cancellation);
        var isAtProxy = _options.Proxy is not null;
        try
        {
            if (_options.Proxy is { } proxy)
            {
                new ProxyDialogue(transport, proxy).Run(HostFor(proxy), _target.Port!.Value);
                _proxyMs = Lap();
                isAtProxy = false;
            }
            var client = _uri.Scheme == Uri.UriSchemeHttps ? new TlsClient(EndPoint, TlsOptions) : null;
            var tls = client?.Handshake(transport);
            return new HttpLink(socket, _peer ?? socket.RemoteEndPoint, transport, tls)
            {
                TlsSession = client?.Session,
                Timing = new HttpTiming { ResolveMs = _resolveMs, ConnectMs = _connectMs, ProxyMs = _proxyMs, TlsMs = tls is null ? null : Lap() },
            };
        }
        catch (Exception error) when (ConnectionFault.IsOne(error))
        {
            throw isAtProxy
                ? ConnectionFault.Of(error, _options.Proxy!.Target.ToString(), $"before this proxy had led to {EndPoint}", _options.TimeoutMilliseconds, "")
                : ConnectionFault.Of(error, EndPoint, "before it was ready", _options.TimeoutMilliseconds, "");
        }
    }

    private string EndPoint => HostTarget.Join(HttpUrl.HostOf(_uri), _uri.Port);

    private TlsOptions TlsOptions => new()
    {
        ServerName = _options.ServerName ?? HttpUrl.HostOf(_uri),
        SkipCertificateCheck = _options.SkipCertificateCheck,
        ClientCertificate = _options.ClientCertificate,
    };

    private string HostFor(ProxyServer proxy) => proxy.ResolvesNames
        ? _target.ComputerName
        : _resolver.GetAddressesAsync(_target.ComputerName, _options.Family, _deadline.Remaining, _cancellation).GetAwaiter().GetResult()[0].ToString();

    private double Lap()
    {
        var now = Stopwatch.GetTimestamp();
        var took = (now - _lap) * 1000.0 / Stopwatch.Frequency;
        _lap = now;
        return took;
    }
}
