namespace SocketTools;

/// <summary>One chunk of a body (RFC 9112 section 7.1).</summary>
public sealed class HttpChunk
{
    internal HttpChunk(long offset, long size, string extension)
    {
        Offset = offset;
        Size = size;
        Extension = extension;
    }

    /// <summary>Where its size stands in the answer, in bytes from its first.</summary>
    public long Offset { get; }

    /// <summary>How many bytes of data it has; 0 for the last one.</summary>
    public long Size { get; }

    /// <summary>What follows the size in its line, as it was sent, with the semicolon; empty when there is nothing.</summary>
    public string Extension { get; }

    /// <summary>The line, but for its end.</summary>
    public override string ToString() => $"{Size:x}{Extension}";
}
