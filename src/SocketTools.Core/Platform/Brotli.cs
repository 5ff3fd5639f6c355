using System.IO;

namespace SocketTools;

/// <summary>The br coding (RFC 7932), which .NET Standard 2.0 does not have.</summary>
internal static class Brotli
{
#if NET
    /// <summary>The stream without it.</summary>
    public static Stream Open(Stream stream) => new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionMode.Decompress);
#else
    /// <summary>The stream without it.</summary>
    public static Stream Open(Stream stream) => throw new System.PlatformNotSupportedException("br needs PowerShell 7.4");
#endif
}
