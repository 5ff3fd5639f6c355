using System;

namespace SocketTools;

/// <summary>What a server sent back, as it came: head and body apart, nothing followed, decompressed or left out.</summary>
public sealed class RawHttpResponse
{
    private string? _content;

    internal RawHttpResponse(HttpExchange exchange, ResponseCollector received)
    {
        var head = received.Head;
        var unfinished = received.UnfinishedStatus;
        ComputerName = exchange.ComputerName;
        Port = exchange.Port;
        Address = exchange.Address;
        StatusLine = head?.StatusLine ?? unfinished?.Text ?? "";
        StatusCode = head?.StatusCode ?? unfinished?.Code ?? 0;
        ReasonPhrase = head?.ReasonPhrase ?? unfinished?.ReasonPhrase ?? "";
        HttpVersion = head?.HttpVersion ?? unfinished?.HttpVersion ?? "";
        Headers = head?.Headers ?? RawHttpHeaders.Empty;
        RawHead = head?.RawHead ?? received.UnfinishedHead;
        Body = received.Body;
        Trailers = received.Trailers;
        InterimResponses = received.Interim;
        RequestBytes = exchange.RequestBytes;
        IsComplete = received.IsComplete;
        ElapsedMs = exchange.Deadline.ElapsedMs;
        Source = Environment.MachineName;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The host as the URL names it.</summary>
    public string ComputerName { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The address that answered.</summary>
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

    /// <summary>The body's bytes, free of the chunked transfer coding (RFC 9112 section 7.1) and of no other coding.</summary>
    public byte[] Body { get; }

    /// <summary>The body as text by the charset that the Content-Type declares, else by its byte order mark, else as
    /// UTF-8.</summary>
    public string Content => _content ??= BodyText.Decode(Body, Headers["Content-Type"] is { } types ? types[types.Length - 1] : null);

    /// <summary>The fields that followed a chunked body; empty when there were none.</summary>
    public RawHttpHeaders Trailers { get; }

    /// <summary>The heads of the interim responses (1xx, RFC 9110 section 15.2) that came before.</summary>
    public HttpResponseHead[] InterimResponses { get; }

    /// <summary>The bytes that were sent.</summary>
    public byte[] RequestBytes { get; }

    /// <summary>Whether the response came to its end; false only in the <c>PartialResult</c> of an error.</summary>
    public bool IsComplete { get; }

    /// <summary>How long everything took, name resolution included, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was complete, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The head's exact bytes.</summary>
    public byte[] GetRawHeadBytes() => HttpSyntax.Latin1.GetBytes(RawHead);

    /// <summary>The status line.</summary>
    public override string ToString() => StatusLine;
}
