using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>Makes a connection a TLS connection, as its client.</summary>
internal sealed class TlsClient
{
    private readonly string _serverName;
    private readonly string _endPoint;
    private readonly TlsOptions _options;
    private readonly CertificateCheck _check;

    /// <param name="endPoint">The peer, for errors.</param>
    /// <param name="options">What to show and to ask for.</param>
    public TlsClient(string endPoint, TlsOptions options)
    {
        _endPoint = endPoint;
        _options = options;
        _serverName = options.ServerName.TrimEnd('.');
        _check = new CertificateCheck(_serverName);
        Session = new TlsSession(options);
    }

    /// <summary>What the handshake showed; whole when it has ended.</summary>
    public TlsSession Session { get; }

    /// <summary>The encrypted stream over another, after a handshake on this thread.</summary>
    /// <exception cref="SocketOperationException">The handshake failed, or the certificate is not to be trusted.</exception>
    /// <exception cref="TimeoutException">The stream's deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public SslStream Handshake(Stream inner)
    {
        var tap = new TlsTap(inner);
        var stream = new SslStream(tap, leaveInnerStreamOpen: false, Accepts, Choose);
        var clock = Stopwatch.StartNew();
        try
        {
            TlsHandshake.Run(
                stream, _serverName, _options.ClientCertificate, _options.ApplicationProtocols, TlsLibrary.Of(_options.Versions), _options.IsLook);
            Note(stream, tap, clock);
            return stream;
        }
        catch (Exception error)
        {
            stream.Dispose();
            for (var cause = error; cause is not null; cause = cause.InnerException)
            {
                if (cause is OperationCanceledException || (cause is TimeoutException && !tap.IsForeign))
                    ExceptionDispatchInfo.Capture(cause).Throw();
            }
            if (IsFailure(error) || error is TimeoutException)
                throw Failed(error, tap);
            throw;
        }
    }

    private bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Session.Note(certificate, chain);
        return _check.Note(certificate, chain, errors) || _options.SkipCertificateCheck || _options.IsLook;
    }

    // Called once before the handshake, and again when the server wants a certificate: what is given at once, it need not ask for.
    private X509Certificate2 Choose(object sender, string host, X509CertificateCollection own, X509Certificate? server, string[] issuers)
    {
        var isAsked = server is not null || issuers.Length > 0;
        Session.AsksForCertificate |= isAsked;
        return isAsked ? _options.ClientCertificate! : null!;
    }

    private void Note(SslStream stream, TlsTap tap, Stopwatch clock)
    {
        Session.HandshakeMs = clock.Elapsed.TotalMilliseconds;
        var (bytes, count) = tap.End();
        Session.Flight = ServerFlight.Read(bytes, count);
        Session.Version = TlsLibrary.Of(stream.SslProtocol);
        Session.ApplicationProtocol = TlsHandshake.ProtocolOf(stream);
    }

    private static bool IsFailure(Exception error) =>
        error is AuthenticationException or IOException or Win32Exception or PlatformNotSupportedException or NotSupportedException or CryptographicException;

    private SocketOperationException Failed(Exception error, TlsTap tap)
    {
        var (bytes, count) = tap.End();
        var flight = Session.Flight = ServerFlight.Read(bytes, count);
        var failure = new TlsFailure(_endPoint, _options, error);
        if (_check.Fault is { } fault && !_options.SkipCertificateCheck && !_options.IsLook)
            return failure.NotTrusted(fault);
        var result = flight.IsForeign ? failure.NotTls(ForeignAnswer.Describe(bytes, count))
            : flight.EndingAlert is { } alert ? failure.Refused(alert, flight.AsksForCertificate)
            : error.GetBaseException() is SocketException socketError ? failure.Broken(Failure.Of(socketError.SocketErrorCode))
            : !tap.HasBegun ? failure.NotTried()
            : tap.HasEnded && error.GetBaseException() is IOException ? failure.Closed(flight.HasBegun)
            : failure.Other();
        // Only who looks at the server wants to know what it had shown until then.
        if (_options.IsLook && flight.Version is not null)
            result.PartialResult = Session;
        return result;
    }
}
