using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What clients do.</summary>
internal static class ClientJobs
{
    private const int TimeoutMilliseconds = 30_000;

    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary><c>KIND PORT</c>: sends a line and receives one, sends five bytes and receives as many, ends what is
    /// sent, receives the rest, and disconnects. KIND is tcp, tls, or udp: there a datagram goes, one comes.</summary>
    public static async Task<string> TalkAsync(string[] arguments)
    {
        var options = Options(arguments[1]) with
        {
            Protocol = arguments[0] == "udp" ? TransportProtocol.Udp : TransportProtocol.Tcp,
            Tls = arguments[0] == "tls"
                ? new TlsOptions { ServerName = "localhost", SkipCertificateCheck = true }
                : null,
        };
        using var connection = await new SocketConnector().ConnectAsync(options, CancellationToken.None);
        var text = new StringBuilder($"{connection.State} {connection.Family} {connection.Kind}");
        if (connection.IsSecure)
            text.Append($" {connection.TlsProtocol}");
        var request = new SocketRequest(Utf8.GetBytes("PING\r\n"), static () => new LineRule(Utf8), 4096, Utf8);
        var reply = request.Run(connection, isNew: true, TimeoutMilliseconds, CancellationToken.None);
        text.Append($"; {reply.Text.TrimEnd()}");
        if (!connection.IsDatagram)
        {
            connection.Send(Utf8.GetBytes("12345"), 5, null, Limit());
            text.Append($"; {Utf8.GetString(connection.Receive(new LengthRule(5), 4096, Limit()).Bytes!)}");
            connection.Close(CloseManner.SendOnly);
            var rest = connection.Receive(new ToEndRule(), 4096, Limit());
            text.Append($"; {Utf8.GetString(rest.Bytes!)} {rest.End} {connection.State}");
        }
        connection.Close(CloseManner.Graceful);
        return $"{text}; {connection.BytesSent} sent, {connection.BytesReceived} received, {connection.State}";
    }

    /// <summary><c>URL</c>: the answer to a GET.</summary>
    public static Task<string> GetAsync(string[] arguments)
    {
        var options = new RawHttpOptions
        {
            TimeoutMilliseconds = TimeoutMilliseconds,
            SkipCertificateCheck = true,
            Decompress = true,
        };
        var request = new RawHttpRequest(HttpUrl.Parse(arguments[0]));
        var response = new RawHttpClient().Send(request, options, CancellationToken.None);
        var findings = string.Join(", ", response.Findings.Select(static finding => finding.Id));
        return Task.FromResult(
            $"{response.StatusLine}; {response.ChunkCount} chunks; {response.Content}; {response.IsComplete}; "
            + $"[{findings}]");
    }

    /// <summary><c>PORT</c>: what a handshake shows of the server.</summary>
    public static async Task<string> LookAtTlsAsync(string[] arguments)
    {
        var info = await new TlsInspector().LookAsync(LookOptions(arguments[0]), CancellationToken.None);
        var names = string.Join(", ", info.SubjectAlternativeNames);
        return $"{info.Protocol} {info.CipherSuite}; {info.Subject}; {names}; {info.KeyAlgorithm} {info.KeySize}; "
            + $"{info.Thumbprint}; {info.NameMatches}; {info.Trusted} {string.Join(", ", info.Faults)}";
    }

    /// <summary><c>PORT</c>: what the server says to each version, asked without a TLS library.</summary>
    public static async Task<string> AskForVersionsAsync(string[] arguments)
    {
        var options = LookOptions(arguments[0]);
        var results = await new TlsInspector().AskAsync(options, TlsLibrary.Versions, CancellationToken.None);
        return string.Join(", ", results.Select(static result => $"{result.Protocol} {result.State}"));
    }

    private static ConnectOptions LookOptions(string port) =>
        Options(port) with { Tls = new TlsOptions { ServerName = "localhost", IsLook = true } };

    private static ConnectOptions Options(string port) => new()
    {
        Target = new HostTarget("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)),
        TimeoutMilliseconds = TimeoutMilliseconds,
    };

    private static WaitLimit Limit() => new(TimeoutMilliseconds, CancellationToken.None);
}
