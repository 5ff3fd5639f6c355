using System;

namespace SocketTools;

/// <summary>The body of a response as a stream, for what reads streams.</summary>
internal sealed class BodyStream : ForwardStream
{
    private readonly ResponseReader _reader;
    private byte[] _ahead = [];
    private int _taken;

    public BodyStream(ResponseReader reader) => _reader = reader;

    /// <summary>Looks at the first bytes without taking them.</summary>
    /// <returns>So many, or fewer where there are no more.</returns>
    public byte[] Peek(int count)
    {
        var bytes = new byte[count];
        var length = 0;
        int read;
        while (length < count && (read = _reader.Read(bytes, length, count - length)) > 0)
            length += read;
        Array.Resize(ref bytes, length);
        return _ahead = bytes;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var part = Math.Min(count, _ahead.Length - _taken);
        if (part == 0)
            return _reader.Read(buffer, offset, count);
        Buffer.BlockCopy(_ahead, _taken, buffer, offset, part);
        _taken += part;
        return part;
    }
}
