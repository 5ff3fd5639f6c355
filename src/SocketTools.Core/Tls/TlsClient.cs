using System;
using System.ComponentModel;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Security.Authentication;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Makes a connection a TLS connection, as its client.</summary>
internal sealed class TlsClient
{
    private readonly string _serverName;
    private readonly string _endPoint;
    private readonly TlsOptions _options;

    /// <param name="serverName">The name that the peer's certificate must have, and that it is told (SNI, RFC 6066 section 3).</param>
    /// <param name="port">The port, for errors.</param>
    /// <param name="skipCertificateCheck">Takes any certificate.</param>
    public TlsClient(string serverName, int port, bool skipCertificateCheck)
        : this(HostTarget.Join(serverName, port), new TlsOptions { ServerName = serverName, SkipCertificateCheck = skipCertificateCheck })
    {
    }

    /// <param name="endPoint">The peer, for errors.</param>
    /// <param name="options">What to show and to ask for.</param>
    public TlsClient(string endPoint, TlsOptions options)
    {
        _endPoint = endPoint;
        _options = options;
        _serverName = options.ServerName.TrimEnd('.');
    }

    /// <summary>The encrypted stream; the socket stays the caller's, who ends the handshake by closing it.</summary>
    /// <exception cref="SocketOperationException">The handshake failed, or the certificate is not to be trusted.</exception>
    public async Task<SslStream> HandshakeAsync(Socket socket)
    {
        var check = new CertificateCheck(_serverName);
        var stream = Over(new NetworkStream(socket, ownsSocket: false), check);
        try
        {
            await stream.AuthenticateAsClientAsync(_serverName, null, TlsVersions.Default, checkCertificateRevocation: false).ConfigureAwait(false);
            return stream;
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (IsFailure(error))
                throw Failed(error, check);
            throw;
        }
    }

    /// <summary>The encrypted stream over another, after a handshake on this thread.</summary>
    /// <exception cref="SocketOperationException">The handshake failed, or the certificate is not to be trusted.</exception>
    /// <exception cref="TimeoutException">The stream's deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public SslStream Handshake(Stream inner)
    {
        var check = new CertificateCheck(_serverName);
        var stream = Over(inner, check);
        try
        {
            TlsHandshake.Run(stream, _serverName, _options.ClientCertificate, _options.ApplicationProtocols);
            return stream;
        }
        catch (Exception error)
        {
            stream.Dispose();
            for (var cause = error; cause is not null; cause = cause.InnerException)
            {
                if (cause is TimeoutException or OperationCanceledException)
                    ExceptionDispatchInfo.Capture(cause).Throw();
            }
            if (IsFailure(error))
                throw Failed(error, check);
            throw;
        }
    }

    private SslStream Over(Stream inner, CertificateCheck check) => new(
        inner, leaveInnerStreamOpen: false,
        (_, certificate, chain, errors) => check.Note(certificate, chain, errors) || _options.SkipCertificateCheck);

    private static bool IsFailure(Exception error) => error is AuthenticationException or IOException or Win32Exception;

    private SocketOperationException Failed(Exception error, CertificateCheck check)
    {
        if (check.Fault is { } fault && !_options.SkipCertificateCheck)
        {
            return new SocketOperationException(
                $"{_endPoint} was not trusted: {fault} -SkipCertificateCheck accepts any certificate.", _endPoint, Failure.Because(Reason.TlsFailed), error);
        }
        if (error.GetBaseException() is SocketException socketError)
        {
            var failure = Failure.Of(socketError.SocketErrorCode);
            return new SocketOperationException(
                $"{_endPoint} failed during the TLS handshake: {failure.Reason} ({failure.ErrorName}). {Remedy.For(failure.Reason)}", _endPoint, failure, error);
        }
        return new SocketOperationException(
            $"{_endPoint} made no TLS connection: {error.GetBaseException().Message.TrimEnd('.')}. Check that this port speaks TLS, and which versions.",
            _endPoint, Failure.Because(Reason.TlsFailed), error);
    }
}
