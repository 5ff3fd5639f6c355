namespace SocketTools;

/// <summary>The head of a response: its status line and header fields (RFC 9112 sections 4 and 5).</summary>
public sealed class HttpResponseHead
{
    internal HttpResponseHead(StatusLine status, RawHttpHeaders headers, string rawHead)
    {
        StatusLine = status.Text;
        HttpVersion = status.HttpVersion;
        StatusCode = status.Code;
        ReasonPhrase = status.ReasonPhrase;
        Headers = headers;
        RawHead = rawHead;
    }

    /// <summary>The first line, without its end.</summary>
    public string StatusLine { get; }

    /// <summary>The version that the peer speaks, such as <c>1.1</c>.</summary>
    public string HttpVersion { get; }

    /// <summary>The status code, three digits.</summary>
    public int StatusCode { get; }

    /// <summary>The text after the status code; often empty.</summary>
    public string ReasonPhrase { get; }

    /// <summary>The header fields in order, repeats included.</summary>
    public RawHttpHeaders Headers { get; }

    /// <summary>The head's exact bytes up to and with the empty line, as ISO 8859-1 text.</summary>
    public string RawHead { get; }

    /// <summary>The status line.</summary>
    public override string ToString() => StatusLine;
}
