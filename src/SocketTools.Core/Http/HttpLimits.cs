namespace SocketTools;

/// <summary>How much of an answer is taken.</summary>
internal sealed record HttpLimits
{
    public const int DefaultBodyBytes = 16 * 1024 * 1024;
    public const int DefaultHeadBytes = 256 * 1024;
    public const int DefaultHeaders = 1000;
    public const int DefaultExtensionBytes = 256 * 1024;

    public static readonly HttpLimits Default = new();

    /// <summary>The most bytes of body, decompressed if they are.</summary>
    public long BodyBytes { get; init; } = DefaultBodyBytes;

    /// <summary>The most bytes of all heads and the trailers together.</summary>
    public int HeadBytes { get; init; } = DefaultHeadBytes;

    /// <summary>The most fields in one head, or in the trailers.</summary>
    public int Headers { get; init; } = DefaultHeaders;

    /// <summary>The most bytes in the chunk-size lines of a body beside the sizes themselves.</summary>
    public int ExtensionBytes { get; init; } = DefaultExtensionBytes;
}
