using System;
using System.IO;

namespace SocketTools;

/// <summary>The body of a request: bytes, a file, or a stream that is read when it is sent.</summary>
public sealed class HttpBody
{
    /// <summary>How much of a file or a stream is read at once, which is a chunk where it is sent in chunks.</summary>
    internal const int BlockBytes = 64 * 1024;

    private readonly string? _path;
    private readonly Stream? _stream;
    private readonly long _start;
    private bool _isUsed;

    private HttpBody(byte[]? bytes, string? path, Stream? stream)
    {
        Bytes = bytes;
        _path = path;
        _stream = stream;
        if (bytes is not null)
            Length = bytes.Length;
        else if (path is not null)
            Length = new FileInfo(path).Length;
        else if (stream!.CanSeek)
            Length = Math.Max(0, stream.Length - (_start = stream.Position));
    }

    /// <summary>How many bytes it has; null for a stream that does not tell.</summary>
    public long? Length { get; }

    /// <summary>The bytes, when it is held in memory; else null.</summary>
    internal byte[]? Bytes { get; }

    /// <summary>Whether it can be sent once more.</summary>
    internal bool CanRepeat => _stream is null or { CanSeek: true };

    /// <summary>What it is and how long.</summary>
    public override string ToString() => $"{_path ?? _stream?.GetType().Name ?? "bytes"} ({Length?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} bytes)";

    internal static HttpBody Of(byte[] bytes) => new(bytes, null, null);

    /// <exception cref="IOException">There is no such file.</exception>
    internal static HttpBody OfFile(string path) => new(null, path, null);

    internal static HttpBody Of(Stream stream) => new(null, null, stream);

    /// <summary>Reads it from its start, in pieces of an array that is used again: as many bytes as it has, though more may have been
    /// written to it since.</summary>
    /// <exception cref="SocketOperationException">It cannot be read, or not again, or has fewer bytes by now.</exception>
    internal void Read(Action<byte[], int> take)
    {
        if (Bytes is not null)
        {
            take(Bytes, Bytes.Length);
            return;
        }
        using var file = _path is null ? null : Tried(() => new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));
        if (_isUsed && _stream is not null)
            Tried(() => _stream.Position = _start);
        _isUsed = true;
        var block = new byte[BlockBytes];
        var left = Length ?? long.MaxValue;
        while (left > 0)
        {
            var count = Tried(() => (file ?? _stream!).Read(block, 0, (int)Math.Min(block.Length, left)));
            if (count == 0 && Length is not null)
                throw Failed($"it ended {left} bytes before the length that it had", null);
            if (count == 0)
                return;
            take(block, count);
            left -= count;
        }
        // Files of a system's own (/proc) tell no length.
        if (Length == 0 && Tried(() => (file ?? _stream!).Read(block, 0, 1)) > 0)
            throw Failed("it does not tell its length: read it first, as with [IO.File]::ReadAllBytes", null);
    }

    // What is wrong with the body must not be taken for what is wrong with the connection.
    private T Tried<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw Failed(error.Message, error);
        }
    }

    private SocketOperationException Failed(string why, Exception? error) =>
        new($"The body of the request, {this}, cannot be read: {why}", _path, Failure.Because(Reason.OtherError), error);
}
