using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends one request on a new connection and reads the response to its end, within one deadline.</summary>
internal sealed class RawHttpClient
{
    private readonly SocketDialer _dialer;

    public RawHttpClient(SocketDialer? dialer = null) => _dialer = dialer ?? new SocketDialer(new HostResolver());

    /// <summary>The response, whole.</summary>
    /// <exception cref="FormatException">The request cannot be written.</exception>
    /// <exception cref="NameResolutionException">The host's name does not resolve.</exception>
    /// <exception cref="SocketTimeoutException">The deadline passed; carries what was received.</exception>
    /// <exception cref="SocketOperationException">Connection, TLS or protocol failed, or the body is larger than allowed;
    /// carries what was received.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public async Task<RawHttpResponse> SendAsync(
        RawHttpRequest request, RawHttpOptions options, CancellationToken cancellation)
    {
        var bytes = request.ToBytes();
        var target = new HostTarget(HttpUrl.HostOf(request.Uri), request.Uri.Port);
        var deadline = new Deadline(options.TimeoutMilliseconds);
        var exchange = new HttpExchange(request, bytes, options.MaximumBytes, deadline);
        using var socket = await _dialer.ConnectAsync(target, options.Family, deadline, cancellation).ConfigureAwait(false);
        using var guard = deadline.Guard(socket.Dispose, cancellation);
        try
        {
            exchange.Address = ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString();
            using var stream = await OpenAsync(socket, request, options).ConfigureAwait(false);
            return await exchange.RunAsync(stream).ConfigureAwait(false);
        }
        catch (Exception) when (guard.HasFired)
        {
            cancellation.ThrowIfCancellationRequested();
            throw exchange.TimedOut(options.TimeoutMilliseconds);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw exchange.Failed(error);
        }
    }

    private static async Task<Stream> OpenAsync(Socket socket, RawHttpRequest request, RawHttpOptions options)
    {
        if (request.Uri.Scheme != Uri.UriSchemeHttps)
            return new NetworkStream(socket, ownsSocket: false);
        var tls = new TlsClient(HttpUrl.HostOf(request.Uri), request.Uri.Port, options.SkipCertificateCheck);
        return await tls.HandshakeAsync(socket).ConfigureAwait(false);
    }
}
