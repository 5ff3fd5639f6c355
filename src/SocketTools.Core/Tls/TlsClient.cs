using System;
using System.ComponentModel;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Makes a connection a TLS connection, as its client.</summary>
internal sealed class TlsClient
{
    private readonly string _serverName;
    private readonly string _endPoint;
    private readonly bool _skipCertificateCheck;

    /// <param name="serverName">The name that the peer's certificate must have, and that it is told (SNI, RFC 6066 section 3).</param>
    /// <param name="port">The port, for errors.</param>
    /// <param name="skipCertificateCheck">Takes any certificate.</param>
    public TlsClient(string serverName, int port, bool skipCertificateCheck)
    {
        _serverName = serverName.TrimEnd('.');
        _endPoint = HostTarget.Join(serverName, port);
        _skipCertificateCheck = skipCertificateCheck;
    }

    /// <summary>The encrypted stream; the socket stays the caller's, who ends the handshake by closing it.</summary>
    /// <exception cref="SocketOperationException">The handshake failed, or the certificate is not to be trusted.</exception>
    public async Task<SslStream> HandshakeAsync(Socket socket)
    {
        var check = new CertificateCheck(_serverName);
        var stream = new SslStream(
            new NetworkStream(socket, ownsSocket: false), leaveInnerStreamOpen: false,
            (_, certificate, chain, errors) => check.Note(certificate, chain, errors) || _skipCertificateCheck);
        var succeeded = false;
        try
        {
            await stream.AuthenticateAsClientAsync(_serverName, null, TlsVersions.Default, checkCertificateRevocation: false).ConfigureAwait(false);
            succeeded = true;
            return stream;
        }
        catch (Exception error) when (error is AuthenticationException or IOException or Win32Exception)
        {
            throw Failed(error, check);
        }
        finally
        {
            if (!succeeded)
                stream.Dispose();
        }
    }

    private SocketOperationException Failed(Exception error, CertificateCheck check)
    {
        if (check.Fault is { } fault && !_skipCertificateCheck)
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
