using System;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Asks a server for one version of TLS, with a hello that needs no library, and reads what it says to that.</summary>
internal sealed class TlsQuestion
{
    private const int LongestAnswer = 128 * 1024;

    private readonly ConnectOptions _options;
    private ServerFlight _flight = ServerFlight.Read([], 0);
    private string _address = "";
    private bool _isAsked;

    public TlsQuestion(ConnectOptions options, TlsVersion version)
    {
        _options = options with { Tls = null };
        ServerName = options.Tls!.ServerName.TrimEnd('.');
        Version = version;
    }

    public TlsVersion Version { get; }

    /// <summary>Whether the server spoke TLS.</summary>
    public bool IsAnswered => _flight.Version is not null || _flight.EndingAlert is not null;

    /// <summary>Why it did not; null when it did.</summary>
    public SocketToolsException? Error { get; private set; }

    private string ServerName { get; }

    /// <summary>Ends when the server has answered, or will not.</summary>
    public async Task AskAsync(SocketConnector connector, CancellationToken cancellation)
    {
        try
        {
            using var connection = await connector.ConnectAsync(_options, cancellation).ConfigureAwait(false);
            _address = connection.Address;
            var left = Math.Max(1, _options.TimeoutMilliseconds - (int)connection.ConnectMs);
            await BlockingCall.Start(() => Ask(connection, new WaitLimit(left, cancellation)), CancellationToken.None).Result.ConfigureAwait(false);
        }
        catch (SocketToolsException error) when (!IsAnswered)
        {
            Error = error;
        }
        catch (SocketToolsException)
        {
            // It has said what it was asked for, before the connection failed.
        }
    }

    /// <summary>What the server said.</summary>
    /// <param name="localRefusal">Why this computer's own library does not offer the version, or null.</param>
    public TlsVersionResult Result(string? localRefusal)
    {
        var (state, reason, detail) = Verdict();
        var isAccepted = state == TlsVersionState.Accepted;
        return new TlsVersionResult(_options.Target!.ComputerName, _options.Target.Port!.Value, Version)
        {
            Address = _address,
            State = state,
            Reason = reason,
            Detail = detail,
            CipherSuite = isAccepted && _flight.CipherSuite is { } suite ? CipherSuites.NameOf(suite) : null,
            KeyExchangeGroup = isAccepted ? _flight.KeyExchangeGroup : null,
            UsableHere = localRefusal is null,
            LocalRefusal = localRefusal,
        };
    }

    private bool Ask(SocketConnection connection, WaitLimit limit)
    {
        var hello = ClientHello.Write(Version, ServerName);
        _isAsked = true;
        connection.Send(hello, hello.Length, null, limit);
        var answer = new byte[LongestAnswer];
        var block = new byte[16 * 1024];
        for (var count = 0; !(_flight.IsWhole || _flight.IsForeign || _flight.EndingAlert is not null);)
        {
            var read = Read(connection, block, count, limit);
            if (read == 0 && !IsAnswered)
            {
                var how = count == 0 ? "without an answer to" : $"{count} bytes into its answer to";
                throw new SocketOperationException(
                    $"{connection.EndPoint} closed the connection {how} the TLS handshake. Check that this port speaks TLS.",
                    connection.EndPoint, Failure.Because(Reason.ConnectionClosed));
            }
            if (read == 0 || count + read > answer.Length)
                break;
            Buffer.BlockCopy(block, 0, answer, count, read);
            count += read;
            _flight = ServerFlight.Read(answer, count);
            if (_flight.IsForeign)
                throw TlsFailure.NotTls(connection.EndPoint, ForeignAnswer.Describe(answer, count), null);
        }
        if (!IsAnswered)
        {
            throw new SocketOperationException(
                $"{connection.EndPoint} sent TLS records, but no server hello among them. Check that this port is a TLS server's.",
                connection.EndPoint, Failure.Because(Reason.TlsFailed));
        }
        return true;
    }

    private static int Read(SocketConnection connection, byte[] block, int before, WaitLimit limit)
    {
        try
        {
            return connection.Read(block, limit);
        }
        catch (SocketTimeoutException error) when (before > 0)
        {
            throw new SocketTimeoutException(
                $"{connection.EndPoint} did not come to the end of its answer to the TLS handshake in time ({before} bytes came; ETIMEDOUT). Allow more with -TimeoutMilliseconds.",
                connection.EndPoint, error);
        }
    }

    private (TlsVersionState State, Reason Reason, string Detail) Verdict() => this switch
    {
        { _flight.Version: { } chosen } when chosen == (int)Version => (TlsVersionState.Accepted, Reason.Connected, ""),
        { _flight.Version: { } chosen } => (TlsVersionState.Refused, Reason.TlsFailed, $"It answered with {(Enum.IsDefined(typeof(TlsVersion), chosen) ? ((TlsVersion)chosen).ToString() : $"0x{chosen:X4}")}."),
        { _flight.EndingAlert: { Description: TlsAlert.UnrecognizedName } alert } => (TlsVersionState.Unknown, Reason.TlsFailed, $"Alert {alert}: {alert.Remedy}"),
        { _flight.EndingAlert: { } alert } => (TlsVersionState.Refused, Reason.TlsFailed, $"Alert {alert}."),
        { _isAsked: false, Error: { } error } => (TlsVersionState.NotTried, error.Reason, error.Message),
        { Error: { Reason: Reason.ConnectionClosed } } => (TlsVersionState.Refused, Reason.ConnectionClosed, "It closed the connection."),
        { Error: { Reason: Reason.ConnectionReset } error } => (TlsVersionState.Refused, error.Reason, "It reset the connection."),
        { Error: { } error } => (TlsVersionState.Unknown, error.Reason, error.Message),
        _ => (TlsVersionState.Unknown, Reason.Unknown, "Its answer was not whole."),
    };
}
