using System;
using System.Linq;

namespace SocketTools;

/// <summary>Says how a handshake failed, and what to do.</summary>
internal sealed class TlsFailure
{
    private readonly string _endPoint;
    private readonly TlsOptions _options;
    private readonly Exception _error;

    public TlsFailure(string endPoint, TlsOptions options, Exception error)
    {
        _endPoint = endPoint;
        _options = options;
        _error = error;
    }

    public SocketOperationException NotTrusted(string fault) =>
        Of($"was not trusted: {fault} -SkipCertificateCheck accepts any certificate.", Reason.TlsFailed);

    public SocketOperationException NotTls(string answer) => NotTls(_endPoint, answer, _error);

    /// <summary>Something else than TLS answered.</summary>
    /// <param name="endPoint">The peer.</param>
    /// <param name="answer">What it was.</param>
    /// <param name="error">What the library made of it, if it was asked.</param>
    public static SocketOperationException NotTls(string endPoint, string answer, Exception? error) => new(
        $"{endPoint} does not speak TLS on this port: it answered with {answer}. {Remedy.For(Reason.NotTls)}", endPoint, Failure.Because(Reason.NotTls), error);

    public SocketOperationException Refused(TlsAlert alert, bool asksForCertificate) => Of(
        $"refused the TLS handshake with the alert {alert}. " +
        (asksForCertificate && _options.ClientCertificate is null ? "It had asked for a client certificate: give one with -ClientCertificate." : alert.Remedy),
        Reason.TlsFailed);

    public SocketOperationException Broken(Failure failure) => new(
        $"{_endPoint} failed during the TLS handshake: {failure.Reason} ({failure.ErrorName}). {Remedy.For(failure.Reason)}", _endPoint, failure, _error);

    /// <summary>This computer's own library did not begin: that says nothing of the peer.</summary>
    public SocketOperationException NotTried() => Of(
        $"was not tried: this computer's TLS library does not offer {Versions} ({TlsLibrary.WordsOf(_error)}). " +
        "Get-TlsInfo -Enumerate asks the server without the library.",
        Reason.NotSupported);

    public SocketOperationException Closed(bool hasBegun) => Of(
        hasBegun ? $"closed the connection during the TLS handshake. {Remedy.For(Reason.ConnectionClosed)}"
            : "closed the connection without an answer to the TLS handshake. Check that this port speaks TLS, and which versions.",
        Reason.ConnectionClosed);

    public SocketOperationException Other() =>
        Of($"made no TLS connection: {TlsLibrary.WordsOf(_error)}. Check that this port speaks TLS, and which versions.", Reason.TlsFailed);

    private string Versions => _options.Versions.Count == 0 ? "any version" : string.Join(", ", _options.Versions.Select(static version => version.ToString()));

    private SocketOperationException Of(string what, Reason reason) => new($"{_endPoint} {what}", _endPoint, Failure.Because(reason), _error);
}
