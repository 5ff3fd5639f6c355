using System;

namespace SocketTools;

/// <summary>Reads the numbers and vectors of a TLS message (RFC 8446 section 3), never beyond its end.</summary>
internal sealed class WireReader
{
    private readonly byte[] _bytes;
    private readonly int _end;
    private int _at;

    public WireReader(byte[] bytes)
        : this(bytes, 0, bytes.Length)
    {
    }

    private WireReader(byte[] bytes, int start, int end)
    {
        _bytes = bytes;
        _at = start;
        _end = end;
    }

    public int Left => _end - _at;

    /// <summary>A number of so many bytes, the most significant first.</summary>
    /// <exception cref="FormatException">The message ends before.</exception>
    public int Number(int bytes)
    {
        Require(bytes);
        var number = 0;
        for (var i = 0; i < bytes; i++)
            number = (number << 8) | _bytes[_at++];
        return number;
    }

    public byte[] Take(int count)
    {
        Require(count);
        var taken = new byte[count];
        Buffer.BlockCopy(_bytes, _at, taken, 0, count);
        _at += count;
        return taken;
    }

    public void Skip(int count)
    {
        Require(count);
        _at += count;
    }

    /// <summary>What stands in a vector whose length is told in so many bytes before it.</summary>
    public WireReader Vector(int lengthBytes)
    {
        var length = Number(lengthBytes);
        Require(length);
        var inner = new WireReader(_bytes, _at, _at + length);
        _at += length;
        return inner;
    }

    private void Require(int count)
    {
        if (count < 0 || count > Left)
            throw new FormatException("A TLS message ends before what it promises.");
    }
}
