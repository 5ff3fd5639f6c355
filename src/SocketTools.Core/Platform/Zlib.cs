using System.IO;
using System.IO.Compression;

namespace SocketTools;

/// <summary>The zlib format (RFC 1950), whose check sum .NET Standard 2.0 does not look at.</summary>
internal static class Zlib
{
#if NET
    /// <summary>The stream without it.</summary>
    public static Stream Open(Stream stream) => new ZLibStream(stream, CompressionMode.Decompress);
#else
    /// <summary>The stream without it.</summary>
    public static Stream Open(Stream stream)
    {
        stream.ReadByte();
        stream.ReadByte();
        return new DeflateStream(stream, CompressionMode.Decompress);
    }
#endif
}
