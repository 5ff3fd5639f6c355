using System;
using System.Linq;

namespace SocketTools;

/// <summary>What a server sent back, as it came: head and body apart, nothing left out.</summary>
public sealed class RawHttpResponse
{
    // Building the chain asks nobody, but on some systems a service.
    private static readonly TimeSpan TimeToJudge = TimeSpan.FromSeconds(5);

    private readonly TlsSession? _tlsSession;
    private TlsInfo? _tls;
    private BodyText? _text;

    internal RawHttpResponse(
        HttpExchange exchange, ResponseReader? reader, byte[] body, byte[] afterEnd, double elapsedMs, HttpTiming timing)
    {
        var parsed = reader?.Parsed;
        var head = parsed?.Head;
        var unfinished = parsed?.UnfinishedStatus;
        ComputerName = exchange.ComputerName;
        Port = exchange.Uri.Port;
        Uri = exchange.AskedUrl;
        Address = exchange.Address;
        StatusLine = head?.StatusLine ?? unfinished?.Text ?? "";
        StatusCode = head?.StatusCode ?? unfinished?.Code ?? 0;
        ReasonPhrase = head?.ReasonPhrase ?? unfinished?.ReasonPhrase ?? "";
        HttpVersion = head?.HttpVersion ?? unfinished?.HttpVersion ?? "";
        Headers = head?.Headers ?? parsed?.UnfinishedHeaders ?? RawHttpHeaders.Empty;
        RawHead = head?.RawHead ?? parsed?.UnfinishedHead ?? "";
        Body = body;
        BodyLength = exchange.BodyLength;
        OutFile = exchange.OutFile;
        Trailers = parsed?.Trailers ?? RawHttpHeaders.Empty;
        Chunks = [.. parsed?.Chunks ?? []];
        ChunkCount = parsed?.ChunkCount ?? 0;
        InterimResponses = reader?.Interim ?? [];
        DataAfterEnd = afterEnd;
        Findings = parsed?.Findings ?? [];
        (RequestBytes, BytesSent) = exchange.Outgoing.Sent();
        BytesReceived = reader?.BytesReceived ?? 0;
        Connection = exchange.Connection;
        IsComplete = reader is { IsComplete: true, Fault: null };
        Timing = timing;
        ElapsedMs = elapsedMs;
        Source = ThisComputer.Name;
        Timestamp = DateTime.UtcNow;
        _tlsSession = exchange.TlsSession;
    }

    /// <summary>The host as the URL names it.</summary>
    public string ComputerName { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The URL that was asked for: with the path of the request line where that is another one, and after redirections the last.</summary>
    public string Uri { get; }

    /// <summary>The address that answered: the proxy's when there is one, and the path of a Unix socket.</summary>
    public string Address { get; }

    /// <summary>The first line, without its end (RFC 9112 section 4); empty when it did not come whole.</summary>
    public string StatusLine { get; }

    /// <summary>The status code, three digits; 0 when it did not come.</summary>
    public int StatusCode { get; }

    /// <summary>The text after the status code; often empty.</summary>
    public string ReasonPhrase { get; }

    /// <summary>The version that the server speaks, such as <c>1.1</c>.</summary>
    public string HttpVersion { get; }

    /// <summary>The header fields in order and case, repeats included; by name they give every value:
    /// <c>$response.Headers['Set-Cookie']</c>.</summary>
    public RawHttpHeaders Headers { get; }

    /// <summary>The head's exact bytes up to and with the empty line, as ISO 8859-1 text: a character is a byte.</summary>
    public string RawHead { get; }

    /// <summary>The body's bytes, free of the chunked transfer coding (RFC 9112 section 7.1) and of no other coding unless that
    /// was asked for; empty when they went to a file.</summary>
    public byte[] Body { get; }

    /// <summary>How many bytes the body has, in memory or in the file.</summary>
    public long BodyLength { get; }

    /// <summary>The file that the body went to; null when it is in memory.</summary>
    public string? OutFile { get; }

    /// <summary>The body as text by the charset that the Content-Type declares, else by its byte order mark, else as
    /// UTF-8.</summary>
    public string Content => Text.Text;

    /// <summary>The name of the charset that the text was read by, such as <c>utf-8</c>.</summary>
    public string Charset => Text.Charset;

    /// <summary>The fields that followed a chunked body; empty when there were none.</summary>
    public RawHttpHeaders Trailers { get; }

    /// <summary>The chunks of a chunked body, the last one of size 0 among them; of more than 65,536 the first ones.</summary>
    public HttpChunk[] Chunks { get; }

    /// <summary>How many chunks there were.</summary>
    public long ChunkCount { get; }

    /// <summary>The heads of the interim responses (1xx, RFC 9110 section 15.2) that came before.</summary>
    public HttpResponseHead[] InterimResponses { get; }

    /// <summary>The bytes that came behind the end of the response, at most 64 KiB; see also <see cref="Findings"/>.</summary>
    public byte[] DataAfterEnd { get; }

    /// <summary>What in the answer is not as RFC 9110 and RFC 9112 want it; of each kind the first 16.</summary>
    public HttpFinding[] Findings { get; }

    /// <summary>The responses that led here, when redirections were followed; else empty.</summary>
    public RawHttpResponse[] Redirections { get; internal set; } = [];

    /// <summary>The bytes that were sent. Of a request of more than 16 MiB whose body came from a file or a stream only its head
    /// is kept: <see cref="RequestBytesNotKept"/> says of how many bytes more that is.</summary>
    public byte[] RequestBytes { get; }

    /// <summary>How many bytes were sent that are not in <see cref="RequestBytes"/>; 0 but for a long body from a file or a
    /// stream.</summary>
    public long RequestBytesNotKept => Math.Max(0, BytesSent - RequestBytes.Length);

    /// <summary>How many bytes of request were sent.</summary>
    public long BytesSent { get; }

    /// <summary>How many bytes of answer came, after TLS.</summary>
    public long BytesReceived { get; }

    /// <summary>What the TLS handshake showed, as Get-TlsInfo tells it; null without TLS.</summary>
    public TlsInfo? Tls => _tls ??= _tlsSession is null ? null : new TlsInfo(_tlsSession, ComputerName, Address, Port, TimeToJudge);

    /// <summary>The open connection, when the response made another protocol of it (101, or 2xx to CONNECT), for
    /// Send-SocketData and Receive-SocketData; else null.</summary>
    public SocketConnection? Connection { get; }

    /// <summary>Whether the response came to its end; false in the <c>PartialResult</c> of an error, and where its body ended with a
    /// connection that TLS did not end.</summary>
    public bool IsComplete { get; }

    /// <summary>How long each step took.</summary>
    public HttpTiming Timing { get; }

    /// <summary>How long everything took, name resolution included, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was complete, in UTC.</summary>
    public DateTime Timestamp { get; }

    private BodyText Text => _text ??= new BodyText(Body, Headers["Content-Type"]?.LastOrDefault());

    /// <summary>The head's exact bytes.</summary>
    public byte[] GetRawHeadBytes() => HttpSyntax.Latin1.GetBytes(RawHead);

    /// <summary>The status line.</summary>
    public override string ToString() => StatusLine;
}
